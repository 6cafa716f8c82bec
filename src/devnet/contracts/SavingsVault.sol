// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ERC4626} from "@openzeppelin/contracts/token/ERC20/extensions/ERC4626.sol";

/// @notice Holds the money that pays the vault's interest; only the vault takes from it.
contract YieldReserve {
    using SafeERC20 for IERC20;

    error NotVault();

    address public immutable vault;
    IERC20 public immutable asset;

    constructor(IERC20 asset_) {
        vault = msg.sender;
        asset = asset_;
    }

    function pull(uint256 amount) external {
        if (msg.sender != vault) revert NotVault();
        asset.safeTransfer(vault, amount);
    }
}

/// @notice ERC-4626 savings vault in the manner of sDAI and sUSDS: assets grow by a per-second factor, compounded.
/// Unlike those, the interest is not minted: it is paid out of a funded reserve and stops when that runs dry.
contract SavingsVault is ERC4626 {
    error NotOwner();
    error RateTooHigh();

    uint256 private constant RAY = 1e27;
    /// @dev 100 % a year
    uint256 private constant MAX_RATE = 1000000021979553151239153027;

    address public immutable owner;
    YieldReserve public immutable reserve;
    /// @notice Per-second growth factor in 1e27; 1e27 = no yield.
    uint256 public ratePerSecondRay;
    uint256 public lastAccrual;
    uint256 private storedAssets;

    event Accrued(uint256 interest, uint256 totalAssets);
    event RateSet(uint256 ratePerSecondRay);

    constructor(IERC20 asset_, string memory name_, string memory symbol_, uint256 ratePerSecondRay_)
        ERC20(name_, symbol_)
        ERC4626(asset_)
    {
        owner = msg.sender;
        reserve = new YieldReserve(asset_);
        lastAccrual = block.timestamp;
        _setRate(ratePerSecondRay_);
    }

    function totalAssets() public view override returns (uint256) {
        return storedAssets + _pending();
    }

    /// @notice Moves the interest earned so far from the reserve into the vault.
    function accrue() public {
        uint256 interest = _pending();
        lastAccrual = block.timestamp;
        if (interest == 0) return;
        storedAssets += interest;
        reserve.pull(interest);
        emit Accrued(interest, storedAssets);
    }

    /// @notice Seconds for which the reserve pays the present rate on the present assets (simple interest).
    function fundedSeconds() external view returns (uint256) {
        uint256 perSecond = (totalAssets() * (ratePerSecondRay - RAY)) / RAY;
        if (perSecond == 0) return type(uint256).max;
        return IERC20(asset()).balanceOf(address(reserve)) / perSecond;
    }

    function setRate(uint256 newRatePerSecondRay) external {
        if (msg.sender != owner) revert NotOwner();
        accrue();
        _setRate(newRatePerSecondRay);
    }

    function _setRate(uint256 newRatePerSecondRay) private {
        if (newRatePerSecondRay < RAY || newRatePerSecondRay > MAX_RATE) revert RateTooHigh();
        ratePerSecondRay = newRatePerSecondRay;
        emit RateSet(newRatePerSecondRay);
    }

    function _deposit(address caller, address receiver, uint256 assets, uint256 shares) internal override {
        accrue();
        storedAssets += assets;
        super._deposit(caller, receiver, assets, shares);
    }

    function _withdraw(address caller, address receiver, address from, uint256 assets, uint256 shares)
        internal
        override
    {
        accrue();
        storedAssets -= assets;
        super._withdraw(caller, receiver, from, assets, shares);
    }

    function _pending() private view returns (uint256) {
        uint256 elapsed = block.timestamp - lastAccrual;
        if (elapsed == 0 || storedAssets == 0) return 0;
        uint256 interest = (storedAssets * (_pow(ratePerSecondRay, elapsed) - RAY)) / RAY;
        uint256 funded = IERC20(asset()).balanceOf(address(reserve));
        return interest < funded ? interest : funded;
    }

    /// @dev x^n in ray, by squaring, rounded down at each step.
    function _pow(uint256 x, uint256 n) private pure returns (uint256 result) {
        result = RAY;
        for (; n != 0; n >>= 1) {
            if (n & 1 == 1) result = (result * x) / RAY;
            x = (x * x) / RAY;
        }
    }
}
