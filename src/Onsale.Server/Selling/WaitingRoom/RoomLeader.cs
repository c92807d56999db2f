using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Npgsql;
using Onsale.Platform.Database;

namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>
/// Moves the lines once a second, at one node of all: the one that holds the lease. Each step locks its room's row and
/// reckons with the database's clock, so that two that take themselves for the leader move no line faster than one; the
/// fence keeps out the older of them. A line that has not moved for two seconds, because the leader hangs with its
/// lease, is moved by whoever sees it.
/// </summary>
internal sealed partial class RoomLeader(
    AdvisoryLease lease, LeaderStore store, IDataProtectionProvider protection,
    IOptionsMonitor<WaitingRoomOptions> options, ILogger<RoomLeader> logger)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Onsale.WaitingRoom.Seed");
    private long? _fence;

    /// <summary>One round: every room that is open or may open.</summary>
    public async Task RunRoundAsync(CancellationToken cancellationToken)
    {
        var leads = await lease.TryHoldAsync(cancellationToken);
        var due = leads
            ? await store.FindDueAsync(cancellationToken)
            : await store.FindAbandonedAsync(
                WaitingRoomLimits.TakeoverMilliseconds / 1000.0, cancellationToken);
        if (!leads)
        {
            _fence = null;
            if (due.Count > 0)
                LogTakenOver(due.Count);
        }

        foreach (var eventId in due)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _fence ??= await store.TakeFenceAsync(cancellationToken);
            if (!await StepAsync(eventId, _fence.Value, cancellationToken))
                _fence = null; // somebody has stood in for this node; it leads again with a number of its own
        }
    }

    /// <summary>One step of a room; false: a later leader has written.</summary>
    internal async Task<bool> StepAsync(Guid eventId, long fence, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await LeaderStore.LockAsync(connection, eventId) is not { } locked)
            return true;
        if (locked.Room.Fence > fence)
            return false;
        var next = await NextAsync(connection, locked) with { Fence = fence };
        // A closed room that stays closed is not worth a write a second.
        if ((next.Phase, locked.Room.Phase) != (RoomPhase.Closed, RoomPhase.Closed)
            && !await LeaderStore.SetAsync(connection, next))
            return false;
        await transaction.CommitAsync(CancellationToken.None);
        if (next.Phase != locked.Room.Phase)
            LogPhase(eventId, locked.Room.Phase, next.Phase, next.Era, next.Early);
        return true;
    }

    private async Task<Room> NextAsync(NpgsqlConnection connection, LockedRoom locked)
    {
        var (room, facts) = locked;
        var settings = options.CurrentValue;
        var phase = RoomStep.PhaseOf(room, facts, settings.CrowdLimits);
        if (phase == RoomPhase.Closed)
            return RoomStep.Close(room, facts.Now);
        if (room.Phase == RoomPhase.Closed)
        {
            var seed = RandomNumberGenerator.GetBytes(Draw.SeedBytes);
            room = RoomStep.Open(room, facts.Now, Draw.CommitmentOf(seed), _protector.Protect(seed));
        }

        if (phase == RoomPhase.PreQueue)
            return room with { MovedAt = facts.Now };
        if (room.Phase == RoomPhase.PreQueue)
            room = await HoldDrawAsync(connection, room, facts.Now, settings.Beacon);
        return RoomStep.Move(room, facts, settings.CrowdLimits);
    }

    private async Task<Room> HoldDrawAsync(
        NpgsqlConnection connection, Room room, DateTimeOffset now, string beacon)
    {
        var crowd = await JoinStore.ReadCrowdAsync(connection, room.EventId, room.Era);
        byte[] seed;
        try
        {
            seed = _protector.Unprotect(room.SealedSeed!);
        }
        catch (CryptographicException exception)
        {
            // The keys it was encrypted with are lost. The line must go on: by another seed, which everybody can see
            // not to be the one that was promised.
            LogSeedLost(exception, room.EventId);
            seed = RandomNumberGenerator.GetBytes(Draw.SeedBytes);
        }

        return RoomStep.HoldDraw(room, now, seed, beacon, crowd?.Count() ?? 0);
    }

    [LoggerMessage(EventId = 4201, Level = LogLevel.Information,
        Message = "Waiting room of event {EventId} went from {From} to {To} (opening {Era}, {Early} came early)")]
    private partial void LogPhase(Guid eventId, RoomPhase from, RoomPhase to, int era, long early);

    [LoggerMessage(EventId = 4202, Level = LogLevel.Warning,
        Message = "{Rooms} waiting rooms were not moved by their leader; this node moves them meanwhile")]
    private partial void LogTakenOver(int rooms);

    [LoggerMessage(EventId = 4203, Level = LogLevel.Error,
        Message = "ALARM: the seed of the waiting room of event {EventId} cannot be decrypted; the draw is held with "
            + "another one, which does not match its commitment")]
    private partial void LogSeedLost(Exception exception, Guid eventId);
}
