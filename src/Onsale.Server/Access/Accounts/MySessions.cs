using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;

namespace Onsale.Server.Access.Accounts;

/// <summary>Where the caller is signed in, and signing out there.</summary>
internal static class MySessions
{
    private const string Current = "current";

    private static readonly Problem NotFound = new(
        StatusCodes.Status404NotFound, "session-not-found", "You have no such session.");

    public static async Task<Results<Ok<Page<SessionInfo>>, Problem>> ListAsync(
        string? page, string? limit, Caller caller, SessionStore sessions, CancellationToken cancellationToken)
    {
        var validation = new Validation();
        var paging = Paging.Read(page, limit, validation);
        if (validation.ToProblem() is { } invalid)
            return invalid;
        var (rows, total) = await sessions.ListAsync(
            caller.Buyer.Id, caller.SessionId, paging, cancellationToken);
        return TypedResults.Ok(Page<SessionInfo>.Of(
            [.. rows.Select(row => new SessionInfo(
                row.Id, row.Browser, row.OperatingSystem, row.CreatedAt, row.LastUsedAt, row.IsCurrent))],
            total, paging));
    }

    public static async Task<Results<NoContent, Problem>> EndAsync(
        string sessionId, Caller caller, HttpContext context, SessionStore sessions, SecurityEvents security,
        CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(sessionId, "D", out var wanted))
            return NotFound;
        var ended = await sessions.EndOwnAsync(caller.Buyer.Id, wanted, cancellationToken);
        if (ended.Count == 0)
            return NotFound;
        security.SessionsEnded(caller.Buyer.Id, ended.Count);
        if (wanted == caller.SessionId)
            RefreshCookie.Clear(context.Response);
        return TypedResults.NoContent();
    }

    public static async Task<Results<NoContent, Problem>> EndAllAsync(
        string? except, Caller caller, HttpContext context, SessionStore sessions, SecurityEvents security,
        CancellationToken cancellationToken)
    {
        if (except is not (null or "" or Current))
            return Problem.Validation(("except", $"Must be '{Current}' or be left out."));
        var kept = except == Current ? caller.SessionId : Guid.Empty;
        var ended = await sessions.EndAllAsync(caller.Buyer.Id, kept, cancellationToken);
        security.SessionsEnded(caller.Buyer.Id, ended.Count);
        if (kept == Guid.Empty)
            RefreshCookie.Clear(context.Response);
        return TypedResults.NoContent();
    }
}
