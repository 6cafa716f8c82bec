import Table from "cli-table3";

/** A table without lines between its rows. `right` = indexes of columns that hold numbers. */
export function createTable(options: {
  readonly head: readonly string[];
  readonly right?: readonly number[];
}): Table.Table {
  const { head, right = [] } = options;
  return new Table({
    head: [...head],
    colAligns: head.map((_, index) => (right.includes(index) ? "right" : "left")),
    style: { head: ["bold"], border: ["gray"], compact: true },
    wordWrap: true,
  });
}
