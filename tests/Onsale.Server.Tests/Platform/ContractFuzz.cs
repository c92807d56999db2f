using System.Text;
using System.Text.Json;

namespace Onsale.Server.Tests.Platform;

/// <summary>One route of the contract, with what it takes.</summary>
internal sealed record FuzzedRoute(
    string Method, string Path, string[] PathParameters, string[] QueryParameters, string[] Headers, string? Body)
{
    /// <summary>Reads all routes of a contract; a body is a sample that its schema allows.</summary>
    public static IReadOnlyList<FuzzedRoute> ReadAll(JsonElement contract)
    {
        var routes = new List<FuzzedRoute>();
        foreach (var path in contract.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                var parameters = operation.Value.TryGetProperty("parameters", out var found)
                    ? found.EnumerateArray().ToList()
                    : [];
                var body = operation.Value.TryGetProperty("requestBody", out var requestBody)
                    // Forms with files have tests of their own.
                    && requestBody.GetProperty("content").TryGetProperty("application/json", out var json)
                    ? new Sample(contract).Write(json.GetProperty("schema"))
                    : null;
                routes.Add(new FuzzedRoute(
                    operation.Name.ToUpperInvariant(), path.Name, NamesIn("path"), NamesIn("query"), NamesIn("header"),
                    body));

                string[] NamesIn(string place) =>
                    [.. parameters.Where(parameter => parameter.GetProperty("in").GetString() == place)
                        .Select(parameter => parameter.GetProperty("name").GetString()!)];
            }
        }

        return routes;
    }

    /// <summary>JSON of a schema with a mark for each value that is no object or list.</summary>
    private sealed class Sample(JsonElement contract)
    {
        private int _marks;

        public string Write(JsonElement schema)
        {
            if (schema.TryGetProperty("$ref", out var reference))
            {
                var name = reference.GetString()!.Split('/')[^1];
                return Write(contract.GetProperty("components").GetProperty("schemas").GetProperty(name));
            }

            foreach (var choice in (string[])["oneOf", "anyOf", "allOf"])
            {
                if (schema.TryGetProperty(choice, out var choices))
                    return Write(choices.EnumerateArray().Last());
            }

            if (schema.TryGetProperty("properties", out var properties))
            {
                return "{" + string.Join(',', properties.EnumerateObject()
                    .Select(property => $"\"{property.Name}\":{Write(property.Value)}")) + "}";
            }

            return schema.TryGetProperty("items", out var items) ? $"[{Write(items)}]" : $"@{_marks++}@";
        }
    }
}

/// <summary>Values and bodies that no honest client sends.</summary>
internal static class Hostile
{
    /// <summary>As part of an address, already encoded or not at all.</summary>
    public static readonly string[] Parameters =
    [
        "", "%20", "%00", "%FF", "%C0%80", "%ED%A0%80", "%F4%90%80%80", "%E2%80%AE", "%uD800", "%", "%2", "%zz",
        "..%2F..%2Fetc%2Fpasswd", "%0D%0AX-Injected:1", "'%20or%201=1--", "{{summary}}", "$where", "-1", "0",
        "2147483648", "99999999999999999999", "1e400", "NaN", "true", "null", "[]", "%7B%7D", "00000000-0000-0000",
        "00000000-0000-0000-0000-000000000000", "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
        "%7B00000000-0000-0000-0000-000000000000%7D", "0001-01-01T00:00:00Z", "9999-12-31T23:59:60Z",
        new('a', 3000), string.Concat(Enumerable.Repeat("%F0%9F%8E%9F", 300)),
        string.Concat(Enumerable.Repeat("%00", 9)),
    ];

    /// <summary>In the place of one value of a JSON body.</summary>
    public static readonly string[] Values =
    [
        "null", "true", "0", "-1", "1.5", "1e400", "-0", "2147483648", new('9', 4000), "\"\"", "\"\\u0000\"",
        "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"a\\ud83dz\"", "\"\\u202e\"", "\"\\uFFFF\"", "[]", "{}", "[[[[]]]]",
        "[null]", "{\"\\ud800\":1}", "{\"\":1}", "\"" + new string('a', 5000) + "\"", "01", "NaN", "Infinity", "'a'",
        "undefined", "\"\n\"", "\"\\x\"", "/**/1", "\"00000000-0000-0000-0000-000000000000\"",
        "\"\\u0030\\ud800\"", "@", "",
    ];

    /// <summary>Whole bodies as bytes.</summary>
    public static IEnumerable<byte[]> Bodies(string sample)
    {
        yield return [];
        yield return [0];
        yield return [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(sample)];
        yield return Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(sample)).ToArray();
        yield return Encoding.BigEndianUnicode.GetBytes(sample);
        yield return Encoding.UTF32.GetBytes(sample);
        yield return [.. "{\""u8, 0xED, 0xA0, 0x80, .. "\":1}"u8];
        yield return [.. "{\"a\":\""u8, 0xC0, 0x80, 0xFF, .. "\"}"u8];
        yield return Encoding.UTF8.GetBytes(sample + sample);
        yield return Encoding.UTF8.GetBytes(sample[..^1]);
        yield return Encoding.UTF8.GetBytes($$"""{"\ud800":{{sample}}}""");
        yield return Encoding.UTF8.GetBytes(new string('[', 5000));
        yield return Encoding.UTF8.GetBytes(
            string.Concat(Enumerable.Repeat("{\"a\":", 20)) + "1" + new string('}', 20));
        var random = new Random(1);
        for (var round = 0; round < 40; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(sample);
            for (var flips = random.Next(1, 5); flips > 0; flips--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            yield return bytes;
        }
    }

    public static readonly string[] ContentTypes =
    [
        "application/json; charset=bogus", "application/json; charset=utf-16", "application/json; charset=utf-7",
        "application/json; charset=", "application/json; charset=\"", "application/json;;;",
        "application/json; a=\"\ud800",
        "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/*", "*/*", "json", "",
        "application/problem+json; charset=us-ascii", "application/json, application/json",
    ];

    public static readonly byte[][] HeaderBytes =
    [
        [], [(byte)' '], [0x80], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xF0, 0x9F, 0x8E, 0x9F],
        [.. Enumerable.Repeat((byte)'k', 300)],
        "a,b"u8.ToArray(), "\"quoted\""u8.ToArray(), "key\t1"u8.ToArray(),
    ];
}
