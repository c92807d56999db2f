using System.Diagnostics.Metrics;

namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>
/// Meter <c>Onsale.WaitingRoom</c>. The gauges are the same at every node: they are of the database's rows.
/// </summary>
internal sealed class WaitingRoomMetrics
{
    private readonly Counter<long> _joins;
    private readonly Counter<long> _claims;
    private readonly Counter<long> _refusals;
    private readonly Histogram<int> _groups;

    public WaitingRoomMetrics(IMeterFactory meters, Rooms rooms)
    {
        var meter = meters.Create("Onsale.WaitingRoom");
        _joins = meter.CreateCounter<long>("onsale.waiting_room.joins", "{place}", "Places given, by group.");
        _groups = meter.CreateHistogram("onsale.waiting_room.group.joins", "{place}", "Joins taken with one statement.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1024, 4096] });
        _claims = meter.CreateCounter<long>(
            "onsale.waiting_room.claims", "{claim}", "Claims of an admission, by what they were answered.");
        _refusals = meter.CreateCounter<long>(
            "onsale.waiting_room.refused_holds", "{hold}", "Holds without an admission that were refused.");
        meter.CreateObservableGauge(
            "onsale.waiting_room.open", () => rooms.All.Count(room => room.Room.Phase != RoomPhase.Closed), "{room}",
            "Waiting rooms that are open to join.");
        meter.CreateObservableGauge(
            "onsale.waiting_room.waiting",
            () => rooms.All.Where(room => room.Room.Phase == RoomPhase.Open).Sum(room => room.Room.Waiting), "{place}",
            "Places in lines that have not been let in.");
    }

    /// <summary>A group was given its places.</summary>
    public void Joined(int places, bool isEarly)
    {
        _joins.Add(places, KeyValuePair.Create("group", (object?)(isEarly ? "early" : "late")));
        _groups.Record(places);
    }

    /// <summary>A claim was answered: <c>admitted</c>, or the code of the refusal.</summary>
    public void Claimed(string answer) => _claims.Add(1, KeyValuePair.Create("answer", (object?)answer));

    public void HoldRefused() => _refusals.Add(1);
}
