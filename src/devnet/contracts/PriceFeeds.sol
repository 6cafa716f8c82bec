// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

interface IAnswer {
    function latestAnswer() external view returns (int256);
}

interface IRate {
    function stEthPerToken() external view returns (uint256);
}

/// @notice Chainlink's AggregatorV3Interface plus `latestAnswer`; USD with 8 decimals; the owner sets the answer.
/// A live feed reports as Chainlink's do with a one-hour heartbeat: `updatedAt` is the last full hour since the
/// answer was set. `freeze` stops the heartbeat, so that staleness can be tested.
contract DevFeed {
    error NotOwner();

    uint8 public constant decimals = 8;
    uint256 public constant version = 4;
    uint256 public constant HEARTBEAT = 1 hours;
    address public immutable owner;
    string public description;
    uint80 public latestRound;
    uint256 public frozenAt;

    struct Round {
        int256 answer;
        uint256 setAt;
    }

    mapping(uint80 => Round) private rounds;

    event AnswerUpdated(int256 indexed current, uint256 indexed roundId, uint256 updatedAt);

    modifier onlyOwner() {
        if (msg.sender != owner) revert NotOwner();
        _;
    }

    constructor(string memory description_, int256 answer) {
        owner = msg.sender;
        description = description_;
        _set(answer);
    }

    function setAnswer(int256 answer) external onlyOwner {
        _set(answer);
    }

    /// @notice Stops the heartbeat now, or resumes it.
    function freeze(bool on) external onlyOwner {
        frozenAt = on ? latestTimestamp() : 0;
    }

    function latestAnswer() external view returns (int256) {
        return rounds[latestRound].answer;
    }

    function latestTimestamp() public view returns (uint256) {
        if (frozenAt != 0) return frozenAt;
        uint256 age = block.timestamp - rounds[latestRound].setAt;
        return block.timestamp - (age % HEARTBEAT);
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        uint256 at = latestTimestamp();
        return (latestRound, rounds[latestRound].answer, at, at, latestRound);
    }

    function getRoundData(uint80 id) external view returns (uint80, int256, uint256, uint256, uint80) {
        require(id != 0 && id <= latestRound, "No data present");
        uint256 at = id == latestRound ? latestTimestamp() : rounds[id].setAt;
        return (id, rounds[id].answer, at, at, id);
    }

    function _set(int256 answer) private {
        latestRound += 1;
        rounds[latestRound] = Round(answer, block.timestamp);
        if (frozenAt != 0) frozenAt = block.timestamp;
        emit AnswerUpdated(answer, latestRound, block.timestamp);
    }
}

/// @notice wstETH (or stETH) in USD: ETH feed × staking rate × market peg, as mainnet's adapters compose it.
contract StakedEthFeed {
    error NotOwner();

    uint8 public constant decimals = 8;
    uint256 public constant version = 4;
    address public immutable owner;
    DevFeed public immutable ethFeed;
    /// @dev zero for stETH itself: rate 1
    IRate public immutable rate;
    string public description;
    /// @notice Market price over redemption value, 1e18 = at par.
    uint256 public pegWad = 1e18;

    constructor(string memory description_, DevFeed ethFeed_, IRate rate_) {
        owner = msg.sender;
        description = description_;
        ethFeed = ethFeed_;
        rate = rate_;
    }

    function setPeg(uint256 newPegWad) external {
        if (msg.sender != owner) revert NotOwner();
        pegWad = newPegWad;
    }

    /// @notice Price at par: what `latestAnswer` would be with a peg of 1e18.
    function parAnswer() public view returns (int256) {
        uint256 perToken = address(rate) == address(0) ? 1e18 : rate.stEthPerToken();
        return (ethFeed.latestAnswer() * int256(perToken)) / 1e18;
    }

    function latestAnswer() public view returns (int256) {
        return (parAnswer() * int256(pegWad)) / 1e18;
    }

    function latestTimestamp() external view returns (uint256) {
        return ethFeed.latestTimestamp();
    }

    function latestRoundData()
        external
        view
        returns (uint80 id, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredIn)
    {
        (id,, startedAt, updatedAt, answeredIn) = ethFeed.latestRoundData();
        answer = latestAnswer();
    }
}

/// @notice Morpho Blue's IOracle over two USD feeds: one collateral token in loan tokens, scaled by
/// 1e(36 + loan decimals − collateral decimals).
contract FeedPairOracle {
    IAnswer public immutable collateralFeed;
    IAnswer public immutable loanFeed;
    uint256 public immutable SCALE_FACTOR;

    constructor(IAnswer collateralFeed_, IAnswer loanFeed_, uint8 collateralDecimals, uint8 loanDecimals) {
        collateralFeed = collateralFeed_;
        loanFeed = loanFeed_;
        SCALE_FACTOR = 10 ** (36 + loanDecimals - collateralDecimals);
    }

    function price() external view returns (uint256) {
        int256 collateral = collateralFeed.latestAnswer();
        int256 loan = loanFeed.latestAnswer();
        require(collateral >= 0 && loan > 0, "negative answer");
        return (uint256(collateral) * SCALE_FACTOR) / uint256(loan);
    }
}
