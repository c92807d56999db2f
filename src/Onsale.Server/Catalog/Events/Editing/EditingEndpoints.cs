using Microsoft.AspNetCore.Mvc;
using Onsale.Platform.Contract;
using Onsale.Platform.RateLimits;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Pictures;

namespace Onsale.Server.Catalog.Events.Editing;

internal static class EditingEndpoints
{
    private const string Tag = "Organiser events";

    public static void MapEventEditing(this IEndpointRouteBuilder routes)
    {
        var events = routes.MapOrganisation("/events", Tag)
            .WithMetadata(new RequestSizeLimitAttribute(EventLimits.MaxEditRequestBytes));
        events.MapGet("/", OwnEvents.ListAsync).Needs(Permissions.EventsList)
            .WithName("listOwnEvents").WithSummary("The organisation's events by start, drafts among them")
            .Refuses(StatusCodes.Status400BadRequest, "validation");
        events.MapPost("/", AddDraft.HandleAsync).Needs(Permissions.EventsEdit).Edits()
            .WithName("addEvent").WithSummary("A draft, with what most events have where nothing is asked for")
            .Refuses(StatusCodes.Status400BadRequest, "validation");
        MapOne(events.MapGroup("/{event}"));
        MapImage(events.MapGroup("/{event}/image"));
        MapTiers(events.MapGroup("/{event}/tiers/{tier}"));
        MapBlocks(events.MapGroup("/{event}/blocks"));
    }

    private static void MapOne(RouteGroupBuilder one)
    {
        one.MapGet("/", OwnEvents.GetAsync).Needs(Permissions.EventsRead)
            .WithName("getOwnEvent").WithSummary("An event with its tiers and what is missing before it is published")
            .Finds();
        one.MapPatch("/", ChangeEvent.HandleAsync).Needs(Permissions.EventsEdit).Edits()
            .WithName("changeEvent").WithSummary("Changes an event; with If-Match only the state one has seen").Finds()
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status409Conflict, "event-was-published", "event-is-published", "slug-taken")
            .Refuses(StatusCodes.Status412PreconditionFailed, "changed-meanwhile");
        one.MapDelete("/", ChangeEvent.DeleteAsync).Needs(Permissions.EventsEdit)
            .WithName("deleteEvent").WithSummary("Deletes an event that was never published").Finds()
            .Refuses(StatusCodes.Status409Conflict, "event-was-published", "rehearsal-running");
        one.MapPost("/publish", PublishEvent.PublishAsync).Needs(Permissions.EventsPublish).Edits()
            .WithName("publishEvent").WithSummary("Makes an event visible; it sells in its sales window").Finds()
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status409Conflict, "not-ready", "event-cancelled")
            .Refuses(StatusCodes.Status412PreconditionFailed, "changed-meanwhile");
        one.MapPost("/unpublish", PublishEvent.UnpublishAsync).Needs(Permissions.EventsPublish).Edits()
            .WithName("unpublishEvent").WithSummary("Makes an event a draft again; bookings stay what they are").Finds()
            .Refuses(StatusCodes.Status409Conflict, "event-cancelled")
            .Refuses(StatusCodes.Status412PreconditionFailed, "changed-meanwhile");
        one.MapPost("/reschedule", MoveEvent.RescheduleAsync).Needs(Permissions.EventsPublish).Edits()
            .WithName("rescheduleEvent").WithSummary("Moves an event; what is not given moves along").Finds()
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status409Conflict, "not-published", "event-cancelled")
            .Refuses(StatusCodes.Status412PreconditionFailed, "changed-meanwhile");
        one.MapPost("/cancel", MoveEvent.CancelAsync).Needs(Permissions.EventsPublish).Edits()
            .WithName("cancelEvent").WithSummary("Calls an event off, for good; pays back where asked to").Finds()
            .Refuses(StatusCodes.Status409Conflict, "not-published", "event-cancelled");
        one.MapPost("/duplicate", DuplicateEvent.HandleAsync).Needs(Permissions.EventsEdit).Edits()
            .WithName("duplicateEvent").WithSummary("Drafts of the event for other dates, as a series").Finds()
            .Refuses(StatusCodes.Status400BadRequest, "validation");
    }

    private static void MapImage(RouteGroupBuilder image)
    {
        image.MapPut("/", EventImages.SetAsync).Needs(Permissions.EventsEdit).Edits()
            .WithMetadata(new RequestSizeLimitAttribute(PictureLimits.MaxRequestBytes))
            .Accepts<EventImageForm>("multipart/form-data")
            .WithName("setEventImage")
            .WithSummary("The event's picture, from a form: JPEG, PNG, WebP or AVIF, at most 10 MB and 40 megapixels")
            .Finds()
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status412PreconditionFailed, "changed-meanwhile")
            .Refuses(StatusCodes.Status503ServiceUnavailable, "pictures-unavailable");
        image.MapPatch("/", EventImages.FocusAsync).Needs(Permissions.EventsEdit).Edits()
            .WithName("focusEventImage").WithSummary("The point of the picture that stays in view").Finds()
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status409Conflict, "no-image")
            .Refuses(StatusCodes.Status412PreconditionFailed, "changed-meanwhile");
        image.MapDelete("/", EventImages.RemoveAsync).Needs(Permissions.EventsEdit).Edits()
            .WithName("removeEventImage").WithSummary("Takes the picture away: one is drawn again").Finds()
            .Refuses(StatusCodes.Status412PreconditionFailed, "changed-meanwhile");
    }

    private static void MapTiers(RouteGroupBuilder tier)
    {
        tier.MapPut("/", Tiers.PutAsync).Needs(Permissions.EventsEdit).Edits()
            .WithName("putTier").WithSummary("Makes or changes a tier; a new price counts from the next hold on")
            .Finds()
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status409Conflict, "event-was-published");
        tier.MapDelete("/", Tiers.DeleteAsync).Needs(Permissions.EventsEdit)
            .WithName("deleteTier").WithSummary("Deletes a tier of an event that was never published").Finds()
            .Refuses(StatusCodes.Status404NotFound, "tier-not-found")
            .Refuses(StatusCodes.Status409Conflict, "event-was-published");
        tier.MapPost("/capacity", Tiers.ResizeAsync).Needs(Permissions.EventsEdit).Edits()
            .WithName("resizeTier").WithSummary("Adds places by quantity, or takes unsold ones away").Finds()
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status404NotFound, "tier-not-found")
            .Refuses(StatusCodes.Status409Conflict, "capacity-below-sold", "not-published");
    }

    private static void MapBlocks(RouteGroupBuilder blocks)
    {
        blocks.MapGet("/", Blocks.ListAsync).Needs(Permissions.EventsRead)
            .WithName("listBlocks").WithSummary("Places that are kept from sale").Finds()
            .Refuses(StatusCodes.Status400BadRequest, "validation");
        blocks.MapPost("/", Blocks.AddAsync).Needs(Permissions.BlocksEdit).Edits()
            .WithName("addBlock").WithSummary("Keeps places from sale: all of them or none").Finds()
            .Refuses(StatusCodes.Status400BadRequest, "validation")
            .Refuses(StatusCodes.Status409Conflict, "seats-unavailable", "sold-out", "not-published");
        blocks.MapDelete("/{blockId}", Blocks.DeleteAsync).Needs(Permissions.BlocksEdit)
            .WithName("deleteBlock").WithSummary("Gives a block's places back to the sale").Finds()
            .Refuses(StatusCodes.Status404NotFound, "block-not-found");
    }

    private static RouteHandlerBuilder Finds(this RouteHandlerBuilder route) => route
        .Refuses(StatusCodes.Status404NotFound, "event-not-found")
        .Refuses(StatusCodes.Status503ServiceUnavailable, "overloaded", "outcome-unknown");

    private static RouteHandlerBuilder Edits(this RouteHandlerBuilder route) =>
        route.RequireRateLimit(RateLimitPolicy.Booking);
}
