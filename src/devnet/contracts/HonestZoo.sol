// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {AdjustableTax, BareToken, Ledger, NotAllowed, PairedToken} from "./ScamZoo.sol";

/// A stablecoin as issuers write it: its known guardian can pause it and block accounts.
contract PausableStable is ERC20 {
    address public immutable guardian;
    bool public paused;
    mapping(address => bool) public isBlocked;

    constructor(address guardian_) ERC20("Harbor Dollar", "HUSD") {
        guardian = guardian_;
        _mint(msg.sender, 1_000_000e6);
    }

    modifier onlyGuardian() {
        if (msg.sender != guardian) revert NotAllowed();
        _;
    }

    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function setPaused(bool on) external onlyGuardian {
        paused = on;
    }

    function setBlocked(address account, bool on) external onlyGuardian {
        isBlocked[account] = on;
    }

    function _update(address from, address to, uint256 value) internal override {
        if (paused || isBlocked[from] || isBlocked[to]) revert NotAllowed();
        super._update(from, to, value);
    }
}

/// 1 % of every transfer goes to a treasury; nobody can change that.
contract SmallFee is ERC20 {
    address public immutable treasury;

    constructor(address treasury_) ERC20("Commons Coin", "CMNS") {
        treasury = treasury_;
        _mint(msg.sender, 1_000_000e18);
    }

    function _update(address from, address to, uint256 value) internal override {
        uint256 fee = from == address(0) ? 0 : value / 100;
        if (fee > 0) super._update(from, treasury, fee);
        super._update(from, to, value - fee);
    }
}

/// 0.5 % of every transfer is burnt; nobody can change that.
contract BurnOnTransfer is ERC20 {
    constructor() ERC20("Ember Coin", "EMBR") {
        _mint(msg.sender, 1_000_000e18);
    }

    function _update(address from, address to, uint256 value) internal override {
        uint256 burnt = from == address(0) || to == address(0) ? 0 : value / 200;
        if (burnt > 0) super._update(from, address(0), burnt);
        super._update(from, to, value - burnt);
    }
}

/// Holders own shares of a supply that anyone can move by up to 1 % a call, for all holders alike.
contract Rebasing is BareToken {
    string public constant name = "Tidal Coin";
    string public constant symbol = "TIDE";
    uint256 private constant SHARES = 1_000_000e18;

    constructor() {
        _mintTo(msg.sender, SHARES);
    }

    function rebase(int256 bps) external {
        if (bps < -100 || bps > 100) revert NotAllowed();
        totalSupply = (totalSupply * uint256(10_000 + bps)) / 10_000;
    }

    function balanceOf(address account) public view override returns (uint256) {
        return (_balances[account] * totalSupply) / SHARES;
    }

    function _shift(address from, address to, uint256 value) internal override {
        super._shift(from, to, (value * SHARES) / totalSupply);
    }
}

/// Calls another contract for its owner, but only two days after the call was announced.
contract Delay is Ownable(msg.sender) {
    uint256 public constant delay = 2 days;
    mapping(bytes32 => uint256) public readyAt;

    event Proposed(address indexed target, bytes data, uint256 readyAt);

    function propose(address target, bytes calldata data) external onlyOwner {
        uint256 ready = block.timestamp + delay;
        readyAt[keccak256(abi.encode(target, data))] = ready;
        emit Proposed(target, data, ready);
    }

    function execute(address target, bytes calldata data) external onlyOwner {
        bytes32 id = keccak256(abi.encode(target, data));
        if (readyAt[id] == 0 || block.timestamp < readyAt[id]) revert NotAllowed();
        delete readyAt[id];
        (bool ok,) = target.call(data);
        if (!ok) revert NotAllowed();
    }
}

/// The code of OwnerTax, but its owner is a Delay: holders have two days to leave before a fee changes.
contract TimelockOwned is AdjustableTax {
    constructor(address delay) AdjustableTax("Notice Coin", "NTCE", delay) {}
}

/// The code of OwnerTax, but ownership was given up at birth, so the fee stays 0 for ever.
contract Renounced is AdjustableTax("Anchor Coin", "ANKR0", msg.sender) {
    constructor() {
        renounceOwnership();
    }
}

/// Once the pair is set, no wallet but the pair and the deployer may come to hold more than 2 % of the supply.
contract FixedMaxWallet is PairedToken("Parish Coin", "PRSH") {
    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        bool exempt = pair == address(0) || to == pair || to == _deployer;
        if (!exempt && balanceOf(to) > totalSupply() / 50) revert NotAllowed();
    }
}

/// An old token whose name and symbol are bytes32 instead of strings.
contract OldBytes32 is BareToken {
    bytes32 public constant name = "Antique Coin";
    bytes32 public constant symbol = "ANTQ";

    constructor() {
        _mintTo(msg.sender, 1_000_000e18);
    }
}

/// An old token whose transfer, transferFrom and approve return nothing.
contract NoReturn is Ledger {
    string public constant name = "Silent Coin";
    string public constant symbol = "SLNT";
    uint8 public constant decimals = 18;

    constructor() {
        _mintTo(msg.sender, 1_000_000e18);
    }

    function approve(address spender, uint256 value) external {
        _approve(spender, value);
    }

    function transfer(address to, uint256 value) external {
        _move(msg.sender, to, value);
    }

    function transferFrom(address from, address to, uint256 value) external {
        _spend(from, value);
        _move(from, to, value);
    }
}

/// One known minter, named at birth, can mint; the role has no admin, so nobody else can ever get it.
contract MintableByRole is ERC20, AccessControl {
    bytes32 public constant MINTER_ROLE = keccak256("MINTER_ROLE");

    constructor(address minter) ERC20("Foundry Coin", "FNDRY") {
        _grantRole(MINTER_ROLE, minter);
        _mint(msg.sender, 1_000_000e18);
    }

    function mint(address to, uint256 amount) external onlyRole(MINTER_ROLE) {
        _mint(to, amount);
    }
}

/// Nothing special at all.
contract PlainToken is ERC20 {
    constructor() ERC20("Meadow Coin", "MEAD") {
        _mint(msg.sender, 1_000_000e18);
    }
}

/// A fixed function: what it answers depends on what it is asked and on nothing else.
contract Arithmetic {
    function half(uint256 value) external pure returns (uint256) {
        return value / 2;
    }
}

/// Asks another contract in every transfer, but one that can never answer otherwise.
contract FixedHelper is PairedToken {
    Arithmetic private immutable _arithmetic;

    constructor(Arithmetic arithmetic) PairedToken("Abacus Coin", "ABCS") {
        _arithmetic = arithmetic;
    }

    function _update(address from, address to, uint256 value) internal override {
        if (from != address(0) && _arithmetic.half(value) > value) revert NotAllowed();
        super._update(from, to, value);
    }
}

/// A plain token of few units: a small part of what was bought is less than one.
contract FewUnits is BareToken {
    string public constant name = "Ledger Seat";
    string public constant symbol = "SEAT0";

    constructor() {
        _mintTo(msg.sender, 1_000_000);
    }
}
