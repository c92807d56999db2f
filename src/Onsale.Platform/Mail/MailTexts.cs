using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using Fluid;
using Onsale.Platform.Http;

namespace Onsale.Platform.Mail;

/// <summary>
/// The texts of one module's mails: Liquid templates from embedded JSON files, one a language, named
/// <c>{name}.{language}.json</c>: <c>{"kind": {"subject": "…", "heading": "…", "paragraphs": ["…"], "action": "…"}}</c>
/// with "labels" for names of facts.
/// </summary>
internal sealed class MailTexts
{
    private static readonly FluidParser s_parser = new();

    private readonly FrozenDictionary<string, FrozenDictionary<string, IFluidTemplate>> _templates;

    /// <exception cref="InvalidDataException">A file is missing or has a template that cannot be read.</exception>
    public MailTexts(Assembly assembly, string name)
    {
        _templates = Languages.All.ToFrozenDictionary(
            language => language, language => Read(assembly, $"{name}.{language}.json"), StringComparer.Ordinal);
    }

    /// <summary>The keys of a language, for the test that compares them.</summary>
    internal IReadOnlyCollection<string> KeysOf(string language) => _templates[language].Keys;

    /// <summary>A text with its values put in, as plain text.</summary>
    /// <param name="language">One of <see cref="Languages.All"/>.</param>
    /// <param name="key">"booking-confirmed.subject".</param>
    /// <param name="values">What the template may name.</param>
    public string Render(string language, string key, IReadOnlyDictionary<string, string> values) =>
        _templates[language][key].Render(ContextOf(values));

    /// <summary>The paragraphs of a mail: those that are not empty.</summary>
    public IReadOnlyList<string> RenderParagraphs(
        string language, string kind, IReadOnlyDictionary<string, string> values)
    {
        List<string> paragraphs = [];
        for (var i = 0; _templates[language].TryGetValue($"{kind}.paragraphs.{i}", out var template); i++)
        {
            var text = template.Render(ContextOf(values)).Trim();
            if (text.Length > 0)
                paragraphs.Add(text);
        }

        return paragraphs;
    }

    private static TemplateContext ContextOf(IReadOnlyDictionary<string, string> values)
    {
        var context = new TemplateContext();
        foreach (var (name, value) in values)
            context.SetValue(name, value);
        return context;
    }

    private static FrozenDictionary<string, IFluidTemplate> Read(Assembly assembly, string file)
    {
        using var stream = assembly.GetManifestResourceStream(file)
            ?? throw new InvalidDataException($"The mail texts {file} are not in {assembly.GetName().Name}.");
        using var document = JsonDocument.Parse(stream);
        Dictionary<string, IFluidTemplate> templates = new(StringComparer.Ordinal);
        Add(templates, file, "", document.RootElement);
        return templates.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static void Add(
        Dictionary<string, IFluidTemplate> templates, string file, string path, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                    Add(templates, file, path.Length == 0 ? member.Name : $"{path}.{member.Name}", member.Value);
                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in element.EnumerateArray().Index())
                    Add(templates, file, $"{path}.{index}", item);
                break;
            default:
                templates[path] = s_parser.TryParse(element.GetString(), out var template, out var error)
                    ? template
                    : throw new InvalidDataException($"{file}, {path}: {error}");
                break;
        }
    }
}
