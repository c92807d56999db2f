namespace Onsale.Inventory.Engine.Lanes;

/// <summary>
/// Whether this node ends holds whose time is over. Off while buyers cannot go on: what they hold is kept, and they get
/// the time back afterwards (<see cref="ProlongHoldsCommand"/>).
/// </summary>
internal sealed class ExpirySwitch
{
    private volatile bool _isOff;

    public bool IsOff
    {
        get => _isOff;
        set => _isOff = value;
    }
}
