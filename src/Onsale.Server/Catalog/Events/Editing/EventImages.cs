using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using NpgsqlTypes;
using Onsale.Inventory;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Pictures;
using static Onsale.Inventory.Engine.Journal.BatchCommands;
using static Onsale.Inventory.Engine.Journal.JournalRows;

namespace Onsale.Server.Catalog.Events.Editing;

/// <summary>The point of a picture that stays in view when its sides are cut off.</summary>
/// <param name="X">Percent from the left.</param>
/// <param name="Y">Percent from the top.</param>
internal sealed record ImageFocus(int X, int Y);

/// <summary>A picture as it is sent.</summary>
internal sealed class EventImageForm
{
    /// <summary>JPEG, PNG, WebP or AVIF.</summary>
    public IFormFile? Image { get; init; }

    /// <summary>The point that stays in view: percent from the left; the middle where it is left out.</summary>
    public int? FocusX { get; init; }

    /// <summary>And from the top.</summary>
    public int? FocusY { get; init; }
}

/// <summary>PUT, PATCH and DELETE /organisations/{org}/events/{event}/image: the event's own picture.</summary>
internal static class EventImages
{
    private const string ImageSql = """
        update events set image_url = $2, image_focus_x = $3, image_focus_y = $4, image_colour = $5,
            edit_version = edit_version + 1
        where id = $1
        """;

    private static readonly Problem s_busy = new(
        StatusCodes.Status503ServiceUnavailable, "overloaded",
        "Other pictures are being prepared. Try again in a moment.")
    { RetryAfterSeconds = 10 };

    private static readonly Problem s_notSupported = new(
        StatusCodes.Status503ServiceUnavailable, "pictures-unavailable",
        "This installation was built for another system and cannot prepare pictures.");

    private static readonly Problem s_none = new(
        StatusCodes.Status409Conflict, "no-image", "The event has no picture of its own.");

    /// <summary>Sets the picture: a form with the file as <c>image</c>, and where its middle is.</summary>
    public static async Task<Results<Ok<OwnEvent>, Problem>> SetAsync(
        string @event, HttpContext context, OrganisationAccess access, EditedEvents events, EventImageWriter writer, PictureEncoder encoder, PictureStore store,
        EventShowing showing, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        var validation = new Validation();
        var form = await ReadAsync(context.Request, validation, cancellationToken);
        var (image, focusX, focusY) = (form.Image, form.FocusX, form.FocusY);
        validation.Require(image is { Length: > 0 }, "image", "Is required: a file in a multipart form.");
        validation.Require(
            image is null or { Length: <= PictureLimits.MaxUploadBytes }, "image",
            $"Must be at most {PictureLimits.MaxUploadBytes / (1024 * 1024)} MB.");
        CheckFocus(focusX, focusY, validation);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        if (!PictureEncoder.IsSupported)
            return s_notSupported;
        var upload = new byte[image!.Length];
        await using (var file = image.OpenReadStream())
            await file.ReadExactlyAsync(upload, cancellationToken);
        var (picture, fault) = await encoder.EncodeAsync(access.OrganisationId, upload, cancellationToken);
        if (picture is null)
            return fault is null ? s_busy : Problem.Validation(("image", fault));
        await store.AddAsync(picture, cancellationToken);
        var after = row with
        {
            ImageUrl = PictureAddress.Of(picture.Id),
            ImageFocusX = (short)(focusX ?? 50),
            ImageFocusY = (short)(focusY ?? 50),
            ImageColour = picture.Colour,
        };
        return await writer.WriteAsync(access.Actor, row, after, cancellationToken) is { } problem
            ? problem
            : await ShowAsync(access.OrganisationId, row.Id, events, showing, context, cancellationToken);
    }

    /// <summary>Moves the point that stays in view.</summary>
    public static async Task<Results<Ok<OwnEvent>, Problem>> FocusAsync(
        string @event, ImageFocus focus, OrganisationAccess access, EditedEvents events, EventImageWriter writer,
        EventShowing showing, HttpContext context, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        var validation = new Validation();
        CheckFocus(focus.X, focus.Y, validation);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        if (row.ImageUrl is null)
            return s_none;
        var after = row with { ImageFocusX = (short)focus.X, ImageFocusY = (short)focus.Y };
        return await writer.WriteAsync(access.Actor, row, after, cancellationToken) is { } problem
            ? problem
            : await ShowAsync(access.OrganisationId, row.Id, events, showing, context, cancellationToken);
    }

    /// <summary>Takes the picture away: one is drawn again. Repeated: the same.</summary>
    public static async Task<Results<Ok<OwnEvent>, Problem>> RemoveAsync(
        string @event, OrganisationAccess access, EditedEvents events, EventImageWriter writer, EventShowing showing,
        HttpContext context, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        var after = row with { ImageUrl = null, ImageFocusX = null, ImageFocusY = null, ImageColour = null };
        return await writer.WriteAsync(access.Actor, row, after, cancellationToken) is { } problem
            ? problem
            : await ShowAsync(access.OrganisationId, row.Id, events, showing, context, cancellationToken);
    }

    private static async Task<Results<Ok<OwnEvent>, Problem>> ShowAsync(
        Guid organisationId, Guid eventId, EditedEvents events, EventShowing showing, HttpContext context,
        CancellationToken cancellationToken) =>
        await events.FindAsync(organisationId, $"{eventId}", cancellationToken) is { } changed
            ? TypedResults.Ok(await showing.ShowAsync(changed, context, cancellationToken))
            : Problem.EventNotFound();

    /// <summary>Nothing where the body is no form: not even a type may have been sent.</summary>
    private static async Task<EventImageForm> ReadAsync(
        HttpRequest request, Validation validation, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType)
            return new EventImageForm();
        try
        {
            var form = await request.ReadFormAsync(cancellationToken);
            return new EventImageForm
            {
                Image = form.Files["image"],
                FocusX = Number(form, "focusX"),
                FocusY = Number(form, "focusY"),
            };
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException and not BadHttpRequestException)
        {
            validation.Add("image", "The form cannot be read.");
            return new EventImageForm();
        }

        int? Number(IFormCollection form, string field)
        {
            if (!form.TryGetValue(field, out var text) || text.Count == 0)
                return null;
            if (int.TryParse(text.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                return number;
            validation.Add(field, "Must be a whole number from 0 to 100.");
            return null;
        }
    }

    private static void CheckFocus(int? x, int? y, Validation validation)
    {
        validation.Range("focusX", x ?? 0, 0, 100);
        validation.Range("focusY", y ?? 0, 0, 100);
    }

    /// <summary>What writes a picture to an event's row.</summary>
    internal static NpgsqlBatchCommand CommandOf(EditedEvent row) => Command(
        ImageSql, Id(row.Id), Parameter(row.ImageUrl, NpgsqlDbType.Text),
        Parameter(row.ImageFocusX, NpgsqlDbType.Smallint), Parameter(row.ImageFocusY, NpgsqlDbType.Smallint),
        Parameter(row.ImageColour, NpgsqlDbType.Text));
}

/// <summary>Writes an event's picture with its row of the activity log, published or not.</summary>
internal sealed class EventImageWriter(NpgsqlDataSource dataSource, ActivityLog activities, EventChanges changes)
{
    /// <summary>Null: it is done.</summary>
    public async Task<Problem?> WriteAsync(
        Actor actor, EditedEvent before, EditedEvent after, CancellationToken cancellationToken)
    {
        var activity = new Activity(actor, "event.image-changed", "event", $"{before.Id}") { EventId = before.Id }
            .Between(before, after, EditingJson.Default.EditedEvent);
        if (activity.IsEmpty)
            return null;
        if (before.IsOpened)
        {
            // The new settings version tells every node and page.
            var refused = await changes.SubmitAsync(
                before.Id, new ChangeSettingsCommand(new SettingsPatch()), activity,
                () => [EventImages.CommandOf(after)]);
            return refused is null ? null : refused.Problem ?? Problem.Unavailable();
        }

        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var batch = new NpgsqlBatch(connection))
        {
            batch.BatchCommands.Add(EventImages.CommandOf(after));
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }

        await activities.AddAsync(connection, activity, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }
}
