using System.CommandLine;
using System.Globalization;
using Npgsql;
using Onsale.Server.Selling.WaitingRoom;

namespace Onsale.Server.Cli;

/// <summary>
/// The verb <c>verify-draw</c>: checks the draw of a waiting room against its commitment, and computes a buyer's lot
/// from the published values alone.
/// </summary>
internal static class VerifyDrawCommand
{
    public static Command Create()
    {
        var @event = new Argument<Guid>("event") { Description = "The event's id" };
        var buyer = new Option<Guid?>("--buyer")
        {
            Description = "Whose lot and position to compute: the id of an account or guest",
            HelpName = "id",
        };
        var command = new Command(
            "verify-draw", "Checks the draw of a waiting room: the seed against its commitment, and a buyer's lot")
        {
            @event, buyer,
        };
        command.SetAction((arguments, cancellationToken) => CommandLine.WithExistingDatabaseAsync(
            arguments,
            (_, connection) => RunAsync(
                connection, arguments.GetValue(@event), arguments.GetValue(buyer),
                arguments.InvocationConfiguration.Output, cancellationToken),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        NpgsqlConnection connection, Guid eventId, Guid? buyerId, TextWriter output,
        CancellationToken cancellationToken)
    {
        if (await DrawReport.FindAsync(connection, eventId, cancellationToken) is not { Room: var room } report)
        {
            await Console.Error.WriteLineAsync(
                $"The event {eventId} has no waiting room in this database, or it has never opened.");
            return CommandLine.Failed;
        }

        await output.WriteLineAsync($"Event:      {room.EventId} ({room.Slug}), opening {room.Era}");
        await output.WriteLineAsync($"Commitment: {Convert.ToHexStringLower(room.Commitment!)}");
        if (report.SeedFits is not { } fits)
        {
            await output.WriteLineAsync("The draw is still to come: its seed is not published yet.");
            return CommandLine.Succeeded;
        }

        await output.WriteLineAsync($"Seed:       {Convert.ToHexStringLower(room.Seed!)}");
        await output.WriteLineAsync($"Beacon:     {(room.Beacon.Length == 0 ? "none" : room.Beacon)}");
        await output.WriteLineAsync($"Early:      {room.Early.ToString(CultureInfo.InvariantCulture)}");
        if (buyerId is { } buyer)
        {
            var lot = Draw.LotOf(Draw.Mix(room.Seed!, room.Beacon), eventId, buyer);
            var share = (lot / Math.ScaleB(1, 64)).ToString("0.000000000", CultureInfo.InvariantCulture);
            await output.WriteLineAsync($"Lot:        {lot:x16} ({share})");
            await output.WriteLineAsync(
                $"Position:   {Draw.PositionOf(lot, room.Early)} of {room.Early}, for who joined before the draw");
        }

        await output.WriteLineAsync(fits
            ? "The seed is the one that was promised: its SHA-256 is the commitment."
            : "FAULT: the seed is not the one that was promised: its SHA-256 is not the commitment.");
        return fits ? CommandLine.Succeeded : CommandLine.Invalid;
    }
}
