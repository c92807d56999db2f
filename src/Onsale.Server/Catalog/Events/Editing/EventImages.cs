using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Pictures;

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
    private static readonly Problem s_busy = new(
        StatusCodes.Status503ServiceUnavailable, "overloaded",
        "Other pictures are being prepared. Try again in a moment.")
    {
        RetryAfterSeconds = PictureLimits.RetryAfterSeconds,
    };

    private static readonly Problem s_notSupported = new(
        StatusCodes.Status503ServiceUnavailable, "pictures-unavailable",
        "This installation was built for another system and cannot prepare pictures.");

    private static readonly Problem s_none = new(
        StatusCodes.Status409Conflict, "no-image", "The event has no picture of its own.");

    /// <summary>Sets the picture: a form with the file as <c>image</c>, and where its middle is.</summary>
    public static async Task<Results<Ok<OwnEvent>, Problem>> SetAsync(
        string @event, HttpContext context, OrganisationAccess access, EditedEvents events, EventChanges changes,
        PictureEncoder encoder, PictureStore store, EventShowing showing, CancellationToken cancellationToken)
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
        // Encoding took its time: the event as it is now.
        return await ChangeAsync(
            $"{row.Id}", access, events, changes, showing, context,
            now => now with
            {
                ImageUrl = PictureAddress.Of(picture.Id),
                ImageFocusX = (short)(focusX ?? EventImage.Middle),
                ImageFocusY = (short)(focusY ?? EventImage.Middle),
                ImageColour = picture.Colour,
            },
            cancellationToken);
    }

    /// <summary>Moves the point that stays in view.</summary>
    public static async Task<Results<Ok<OwnEvent>, Problem>> FocusAsync(
        string @event, ImageFocus focus, OrganisationAccess access, EditedEvents events, EventChanges changes,
        EventShowing showing, HttpContext context, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        var validation = new Validation();
        validation.Range("x", focus.X, 0, 100);
        validation.Range("y", focus.Y, 0, 100);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        if (row.Image is null)
            return s_none;
        return await ChangeAsync(
            @event, access, events, changes, showing, context,
            now => now with { ImageFocusX = (short)focus.X, ImageFocusY = (short)focus.Y }, cancellationToken);
    }

    /// <summary>Takes the picture away: one is drawn again. Repeated: the same.</summary>
    public static Task<Results<Ok<OwnEvent>, Problem>> RemoveAsync(
        string @event, OrganisationAccess access, EditedEvents events, EventChanges changes, EventShowing showing,
        HttpContext context, CancellationToken cancellationToken) => ChangeAsync(
            @event, access, events, changes, showing, context,
            now => now with { ImageUrl = null, ImageFocusX = null, ImageFocusY = null, ImageColour = null },
            cancellationToken);

    private static async Task<Results<Ok<OwnEvent>, Problem>> ChangeAsync(
        string @event, OrganisationAccess access, EditedEvents events, EventChanges changes, EventShowing showing,
        HttpContext context, Func<EditedEvent, EditedEvent> change, CancellationToken cancellationToken)
    {
        if (await events.FindAsync(access.OrganisationId, @event, cancellationToken) is not { } row)
            return Problem.EventNotFound();
        var problem = await changes.ChangeAsync(
            access.Actor, row, change(row), "event.image-changed", status: null, cancellationToken);
        if (problem is not null)
            return problem;
        return await events.FindAsync(access.OrganisationId, $"{row.Id}", cancellationToken) is { } changed
            ? TypedResults.Ok(await showing.ShowAsync(changed, context, cancellationToken))
            : Problem.EventNotFound();
    }

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
        catch (Exception exception)
            when (exception is InvalidDataException or IOException and not BadHttpRequestException)
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
}
