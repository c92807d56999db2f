using System.Net;
using System.Text;
using Microsoft.Extensions.Options;
using Onsale.Platform.Http;
using Onsale.Platform.Startup;

namespace Onsale.Platform.Mail;

/// <summary>
/// Shows the mails that would have been sent, at <c>/dev/mail</c>: only where no SMTP server is set and only this
/// machine can connect, since they hold links that sign people in.
/// </summary>
internal static class DevelopmentMailbox
{
    public const string Path = "/dev/mail";

    private const string Policy =
        "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'";

    /// <summary>Whether there is one.</summary>
    public static bool IsOn(IServiceProvider services) =>
        services.GetRequiredService<IOptions<MailOptions>>().Value.Host.Length == 0
        && ListenAddresses.AreOnlyLocal(services.GetRequiredService<IConfiguration>());

    public static void MapDevelopmentMailbox(this WebApplication app)
    {
        if (!IsOn(app.Services))
            return;
        app.Services.GetRequiredService<StartupBanner>().Add("Mails", $"are not sent, but shown at {Path}");
        app.MapGet(Path, ListAsync).ExcludeFromDescription();
        app.MapGet($"{Path}/{{id:guid}}", ShowAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> ListAsync(
        HttpContext context, MailQueue mails, CancellationToken cancellationToken)
    {
        var page = new StringBuilder();
        var recent = await mails.FindRecentAsync(null, cancellationToken);
        page.Append("<h1>Development mailbox</h1><p>Set Onsale:Mail:Host to send mails. Newest first.</p>");
        if (recent.Count == 0)
            page.Append("<p>No mail yet. One comes with each confirmed booking that has a contact.</p>");
        page.Append("<ul>");
        foreach (var mail in recent)
        {
            page.Append("<li><a href=\"").Append(Path).Append('/').Append(mail.Id).Append("\">")
                .Append(Encode(mail.Subject)).Append("</a><br>to ").Append(Encode(mail.Recipient))
                .Append(", ").Append(mail.CreatedAt.ToString("u", null)).Append(", ").Append(Encode(mail.Kind))
                .Append("</li>");
        }

        return Html(context, "Development mailbox", page.Append("</ul>"));
    }

    private static async Task<IResult> ShowAsync(
        Guid id, HttpContext context, MailQueue mails, CancellationToken cancellationToken)
    {
        if (await mails.FindRecentAsync(id, cancellationToken) is not [var mail])
            return Problem.NotFound("There is no such mail.");
        var page = new StringBuilder();
        page.Append("<p><a href=\"").Append(Path).Append("\">All mails</a></p><h1>").Append(Encode(mail.Subject))
            .Append("</h1><p>to ").Append(Encode(mail.Recipient)).Append("</p>")
            .Append("<iframe title=\"HTML\" sandbox=\"\" srcdoc=\"").Append(Encode(mail.HtmlBody))
            .Append("\"></iframe><h2>Plain text</h2><pre>").Append(Encode(mail.TextBody)).Append("</pre>");
        return Html(context, mail.Subject, page);
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    private static IResult Html(HttpContext context, string title, StringBuilder body)
    {
        context.Response.Headers.ContentSecurityPolicy = Policy;
        context.Response.Headers.CacheControl = "no-store";
        return Results.Content(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" "
            + $"content=\"width=device-width\"><title>{Encode(title)}</title><style>"
            + "body{font:16px/1.5 system-ui;max-width:720px;margin:32px auto;padding:0 16px;color-scheme:light dark}"
            + "iframe{width:100%;height:640px;border:1px solid #ccc}pre{white-space:pre-wrap;overflow-wrap:anywhere}"
            + $"li{{margin:0 0 12px}}</style>{body}</html>", "text/html; charset=utf-8");
    }
}
