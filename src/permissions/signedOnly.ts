/** Structs inside structs that are followed; a standard's signature has two. */
const DEEPEST = 8;

type Fields = readonly { readonly name: string; readonly type: string }[];
type Types = Readonly<Record<string, unknown>>;

/**
 * Typed data without the fields that its own `types` do not name: they are not part of the hash (EIP-712, encodeData), so a
 * page can show a harmless amount beside the one that is signed. Data without types, or of another form, stays as it is:
 * its reader says what is wrong with it.
 */
export function signedOnly(input: unknown): unknown {
  if (!isObject(input) || !isObject(input.types) || Object.keys(input.types).length === 0) return input;
  const { types, primaryType, domain, message } = input;
  if (typeof primaryType !== "string") return input;
  return {
    ...input,
    message: struct(types, primaryType, message, 0) ?? {},
    domain: fieldsOf(types, "EIP712Domain") === undefined ? domain : struct(types, "EIP712Domain", domain, 0),
  };
}

function struct(types: Types, name: string, value: unknown, depth: number): unknown {
  const fields = fieldsOf(types, name);
  if (fields === undefined || !isObject(value) || depth > DEEPEST) return undefined;
  return Object.fromEntries(
    fields.flatMap((field) =>
      Object.hasOwn(value, field.name) ? [[field.name, inner(types, field.type, value[field.name], depth)]] : [],
    ),
  );
}

function inner(types: Types, type: string, value: unknown, depth: number): unknown {
  const element = /^(.*)\[\d*\]$/.exec(type)?.[1];
  if (element !== undefined && Array.isArray(value) && depth <= DEEPEST)
    return value.map((one) => inner(types, element, one, depth + 1));
  return fieldsOf(types, type) === undefined ? value : struct(types, type, value, depth + 1);
}

function fieldsOf(types: Types, name: string): Fields | undefined {
  const fields = Object.hasOwn(types, name) ? types[name] : undefined;
  const named = (one: unknown) => isObject(one) && typeof one.name === "string" && typeof one.type === "string";
  return Array.isArray(fields) && fields.every(named) ? (fields as Fields) : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
