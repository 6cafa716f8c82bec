// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// Stands at the owner's own address by state override, for one eth_call: performs calls in order, as the owner, and
/// reports each one. Never deployed. A failing step does not stop the others: the caller decides what counts.
contract SequenceRunner {
    struct Step {
        address to;
        uint256 value;
        uint256 gas;
        bytes data;
    }

    struct Result {
        bool ok;
        uint256 gasUsed;
        bytes data;
    }

    function run(Step[] calldata steps) external returns (Result[] memory results) {
        results = new Result[](steps.length);
        for (uint256 i = 0; i < steps.length; i++) {
            Step calldata step = steps[i];
            uint256 before = gasleft();
            (bool ok, bytes memory data) = step.to.call{value: step.value, gas: step.gas}(step.data);
            results[i] = Result(ok, before - gasleft(), data);
        }
    }

    // The owner is an account without code: coins and tokens arrive there unasked, so they must here.
    receive() external payable {}

    fallback() external payable {}

    function onERC721Received(address, address, uint256, bytes calldata) external pure returns (bytes4) {
        return this.onERC721Received.selector;
    }

    function onERC1155Received(address, address, uint256, uint256, bytes calldata) external pure returns (bytes4) {
        return this.onERC1155Received.selector;
    }

    function onERC1155BatchReceived(address, address, uint256[] calldata, uint256[] calldata, bytes calldata)
        external
        pure
        returns (bytes4)
    {
        return this.onERC1155BatchReceived.selector;
    }
}
