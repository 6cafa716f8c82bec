// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice Takes 1 % of every transfer, so that the receiver gets less than was sent.
contract FeeOnTransferToken is ERC20 {
    error NotOwner();

    uint256 public constant FEE_BPS = 100;
    address public immutable owner;

    constructor() ERC20("Toll Token", "TOLL") {
        owner = msg.sender;
    }

    function mint(address to, uint256 amount) external {
        if (msg.sender != owner) revert NotOwner();
        _mint(to, amount);
    }

    function _update(address from, address to, uint256 value) internal override {
        if (from == address(0) || to == address(0)) return super._update(from, to, value);
        uint256 fee = (value * FEE_BPS) / 10_000;
        super._update(from, owner, fee);
        super._update(from, to, value - fee);
    }
}
