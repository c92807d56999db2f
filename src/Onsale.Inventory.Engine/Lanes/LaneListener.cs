namespace Onsale.Inventory.Engine.Lanes;

/// <summary>Whoever a lane reports to. Its defects must neither end the lane nor fail a command.</summary>
internal sealed class LaneListener(Action<LaneEvent> onEvent)
{
    /// <summary>Reports. Never throws; that the listener did is reported to it as well.</summary>
    public void Raise(LaneEvent laneEvent)
    {
        try
        {
            onEvent(laneEvent);
        }
        catch (Exception exception) when (laneEvent.Kind != LaneEventKind.ListenerFailed)
        {
            Raise(new LaneEvent(LaneEventKind.ListenerFailed, laneEvent.Commands, laneEvent.Entry, exception));
        }
        catch (Exception)
        {
            // The listener cannot take the report of its own failure either; there is nobody else to report to.
        }
    }
}
