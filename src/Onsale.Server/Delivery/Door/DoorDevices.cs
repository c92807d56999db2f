using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events.Editing;

namespace Onsale.Server.Delivery.Door;

/// <summary>The devices of an event's door, for those who stand there and who plan it.</summary>
internal static class DoorDevices
{
    private static readonly Problem s_notPublished = new(
        StatusCodes.Status409Conflict, "not-published", "An event has a door once it was published.");

    private static readonly Problem s_tooMany = new(
        StatusCodes.Status409Conflict, "too-many-devices",
        $"An event has at most {DoorLimits.MaxDevices} devices. Revoke one first.");

    private static readonly Problem s_notFound = new(
        StatusCodes.Status404NotFound, "device-not-found", "The event has no such device.");

    public static async Task<Results<Created<DoorPairing>, Problem>> AddAsync(
        string @event, NewDoorDevice request, OrganisationAccess access, EditedEvents events, DoorDeviceStore devices,
        ActivityLog activities, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        if (!row.IsOpened)
            return s_notPublished;
        var validation = new Validation();
        var name = validation.Text("name", request.Name, 1, DoorLimits.MaxNameCharacters);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        var code = DoorSecret.New();
        var device = new PairedRow(
            row.Id, Guid.CreateVersion7(time.GetUtcNow()), access.OrganisationId, name, request.ShowsNames,
            access.Actor.AccountId, SeenAt: null);
        await using var connection = await devices.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await DoorDeviceStore.AddAsync(connection, device, DoorSecret.HashOf(code)) is not { } expiresAt)
            return s_tooMany;
        await activities.AddAsync(
            connection,
            new Activity(access.Actor, "doorDevice.added", "doorDevice", $"{device.Id}")
            {
                EventId = row.Id,
                After = new JsonObject { ["name"] = name, ["showsNames"] = request.ShowsNames },
            },
            cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return TypedResults.Created(
            $"/api/v1/organisations/{access.OrganisationId}/events/{row.Id}/door-devices/{device.Id}",
            new DoorPairing(device.Id, code, expiresAt));
    }

    public static async Task<Results<Ok<Page<DoorDevice>>, Problem>> ListAsync(
        string @event, string? page, string? limit, OrganisationAccess access, EditedEvents events,
        DoorDeviceStore devices, CancellationToken cancellationToken)
    {
        var validation = new Validation();
        var paging = Paging.Read(page, limit, validation);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        var (rows, total) = await devices.ListAsync(access.OrganisationId, row.Id, paging, cancellationToken);
        return TypedResults.Ok(Page<DoorDevice>.Of([.. rows.Select(device => device.ToWire())], total, paging));
    }

    /// <summary>Ends a device at once; one that has ended before stays so.</summary>
    public static async Task<Results<NoContent, Problem>> RevokeAsync(
        string @event, string deviceId, OrganisationAccess access, EditedEvents events, DoorDeviceStore devices,
        ActivityLog activities, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        if (!Guid.TryParseExact(deviceId, "D", out var id))
            return s_notFound;
        await using var connection = await devices.OpenAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (await DoorDeviceStore.RevokeAsync(connection, access.OrganisationId, row.Id, id) is not { } name)
        {
            return await DoorDeviceStore.IsThereAsync(connection, access.OrganisationId, row.Id, id)
                ? TypedResults.NoContent()
                : s_notFound;
        }

        await activities.AddAsync(
            connection,
            new Activity(access.Actor, "doorDevice.revoked", "doorDevice", $"{id}")
            {
                EventId = row.Id,
                Before = new JsonObject { ["name"] = name },
            },
            cancellationToken);
        await transaction.CommitAsync(CancellationToken.None);
        return TypedResults.NoContent();
    }
}
