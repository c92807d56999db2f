using System.Text.Encodings.Web;
using System.Text.Unicode;
using Fluid;
using Onsale.Platform.Http;

namespace Onsale.Platform.Mail;

/// <summary>What a mail says, before it is laid out.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Heading">Above the text.</param>
/// <param name="Paragraphs">In order.</param>
/// <param name="Footer">Why the mail was sent, in small letters.</param>
internal sealed record MailContent(string Subject, string Heading, IReadOnlyList<string> Paragraphs, string Footer)
{
    /// <summary>Names and values, shown as a table.</summary>
    public IReadOnlyList<(string Label, string Value)> Facts { get; init; } = [];

    /// <summary>One button, or null.</summary>
    public (string Label, string Url)? Action { get; init; }
}

/// <summary>
/// Lays mails out as plain text and as HTML that stands in the usual programs: tables and inline styles only, no
/// script, no picture that would have to be fetched.
/// </summary>
internal static class MailLayout
{
    // Letters of all scripts as themselves; what HTML means something by is encoded all the same.
    private static readonly HtmlEncoder s_encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private static readonly IFluidTemplate s_html = Parse("layout.html.liquid");
    private static readonly IFluidTemplate s_text = Parse("layout.txt.liquid");

    /// <summary>The finished texts.</summary>
    /// <param name="content">What it says.</param>
    /// <param name="language">One of <see cref="Languages.All"/>.</param>
    public static RenderedMail Render(MailContent content, string language)
    {
        var context = new TemplateContext();
        context.SetValue("language", language);
        context.SetValue("direction", Languages.DirectionOf(language));
        context.SetValue("subject", content.Subject);
        context.SetValue("heading", content.Heading);
        context.SetValue("paragraphs", content.Paragraphs);
        context.SetValue("facts", content.Facts.Select(
            fact => new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["label"] = fact.Label,
                ["value"] = fact.Value,
            }).ToArray());
        context.SetValue("actionLabel", content.Action?.Label);
        context.SetValue("actionUrl", content.Action?.Url);
        context.SetValue("footer", content.Footer);
        return new RenderedMail(content.Subject, s_text.Render(context), s_html.Render(context, s_encoder));
    }

    private static IFluidTemplate Parse(string name)
    {
        using var stream = typeof(MailLayout).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidDataException($"The mail layout {name} is not in the program.");
        using var reader = new StreamReader(stream);
        return new FluidParser().TryParse(reader.ReadToEnd(), out var template, out var error)
            ? template
            : throw new InvalidDataException($"{name}: {error}");
    }
}
