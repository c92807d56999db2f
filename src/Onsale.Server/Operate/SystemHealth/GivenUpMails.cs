using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Platform.Mail;

namespace Onsale.Server.Operate.SystemHealth;

/// <summary>Mails that a server refused for good, to be run again once the cause is mended.</summary>
internal static partial class GivenUpMails
{
    public static async Task<Ok<GivenUpMailsResponse>> ListAsync(MailQueue queue, CancellationToken cancellationToken)
    {
        var (total, mails) = await queue.FindGivenUpAsync(SystemLimits.MaxMails, cancellationToken);
        return TypedResults.Ok(new GivenUpMailsResponse(total, [.. mails.Select(mail => new GivenUpMailResponse(
            mail.Id, mail.Kind, mail.Recipient[(mail.Recipient.LastIndexOf('@') + 1)..], mail.Attempts,
            mail.Error is { } error ? Address().Replace(error, "…") : null, new DateTimeOffset(mail.CreatedAt),
            new DateTimeOffset(mail.ChangedAt)))]));
    }

    public static async Task<Results<NoContent, Problem>> RetryAsync(string mailId, MailQueue queue) =>
        Guid.TryParseExact(mailId, "D", out var id) && await queue.RunAgainAsync(id) == 1
            ? TypedResults.NoContent()
            : Problem.NotFound("There is no such mail that was given up.");

    public static async Task<Ok<RetriedMailsResponse>> RetryAllAsync(MailQueue queue) =>
        TypedResults.Ok(new RetriedMailsResponse(await queue.RunAgainAsync(id: null)));

    [GeneratedRegex(@"[^\s<>]+@[^\s<>]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();
}
