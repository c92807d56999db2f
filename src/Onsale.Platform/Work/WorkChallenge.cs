using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Onsale.Platform.Work;

/// <summary>
/// A challenge by ALTCHA's protocol: find the number, from 0 to <paramref name="Maxnumber"/>, for which
/// SHA-256(<paramref name="Salt"/> ‖ number) is <paramref name="Challenge"/>.
/// </summary>
/// <param name="Algorithm">Always <c>SHA-256</c>.</param>
/// <param name="Challenge">The hash to be found, in hexadecimal digits.</param>
/// <param name="Maxnumber">The largest number that it can be.</param>
/// <param name="Salt">Random digits, and what the challenge is for: <c>?expires=…&amp;action=…&amp;max=…</c>.</param>
/// <param name="Signature">HMAC-SHA-256 of <paramref name="Challenge"/> by the server's key, in hexadecimal
/// digits.</param>
internal sealed record WorkChallenge(string Algorithm, string Challenge, int Maxnumber, string Salt, string Signature);

/// <summary>A solved challenge, as a client sends it: base64 of this as JSON.</summary>
/// <param name="Number">The number that was found.</param>
internal sealed record WorkSolution(string Algorithm, string Challenge, long Number, string Salt, string Signature);

/// <summary>What a solution's challenge was made for, once its signature is checked.</summary>
/// <param name="Action">What it was asked for.</param>
/// <param name="Max">The largest number: twice what it costs on average.</param>
/// <param name="ExpiresAt">Until when it is good.</param>
/// <param name="Id">Names it among all: for using it once.</param>
internal sealed record CheckedWork(WorkAction Action, int Max, DateTimeOffset ExpiresAt, byte[] Id);

/// <summary>
/// Makes and checks challenges. Everything that one is bound to is in its salt, which its hash covers.
/// </summary>
internal static class WorkChallenges
{
    public const string Algorithm = "SHA-256";

    private const int SaltBytes = 12;

    public static WorkChallenge Make(byte[] key, WorkAction action, int max, DateTimeOffset expiresAt)
    {
        var random = RandomNumberGenerator.GetHexString(SaltBytes * 2, lowercase: true);
        var salt = string.Create(CultureInfo.InvariantCulture,
            $"{random}?expires={expiresAt.ToUnixTimeSeconds()}&action={NameOf(action)}&max={max}");
        var challenge = HashOf(salt, RandomNumberGenerator.GetInt32(max + 1));
        return new WorkChallenge(Algorithm, challenge, max, salt, Sign(key, challenge));
    }

    /// <summary>Null: not a solution of a challenge that was made with this key.</summary>
    /// <param name="key">The server's.</param>
    /// <param name="text">Base64 of JSON.</param>
    public static CheckedWork? Check(byte[] key, string text)
    {
        if (Read(text) is not { Algorithm: Algorithm } solution
            || !Same(solution.Signature, Sign(key, solution.Challenge))
            || !Same(solution.Challenge, HashOf(solution.Salt, solution.Number)))
        {
            return null;
        }

        // From here on it is what this program wrote.
        var values = solution.Salt[(solution.Salt.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&')
            .Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return values.TryGetValue("expires", out var expires) && values.TryGetValue("max", out var max)
            && values.TryGetValue("action", out var name) && ActionOf(name) is { } action
                ? new CheckedWork(
                    action, int.Parse(max, CultureInfo.InvariantCulture),
                    DateTimeOffset.FromUnixTimeSeconds(long.Parse(expires, CultureInfo.InvariantCulture)),
                    Convert.FromHexString(solution.Challenge))
                : null;
    }

    public static string NameOf(WorkAction action) => action switch
    {
        WorkAction.Guest => "guest",
        WorkAction.Register => "register",
        WorkAction.SignIn => "sign-in",
        WorkAction.Join => "join",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, message: null),
    };

    public static WorkAction? ActionOf(string name) => name switch
    {
        "guest" => WorkAction.Guest,
        "register" => WorkAction.Register,
        "sign-in" => WorkAction.SignIn,
        "join" => WorkAction.Join,
        _ => null,
    };

    public static string HashOf(string salt, long number) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{salt}{number}"))));

    private static string Sign(byte[] key, string challenge) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(challenge)));

    private static bool Same(string one, string other) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    private static WorkSolution? Read(string text)
    {
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, bytes, out var length))
            return null;
        try
        {
            var read = JsonSerializer.Deserialize(bytes.AsSpan(0, length), WorkJson.Default.WorkSolution);
            return read is { Algorithm: not null, Challenge: not null, Salt: not null, Signature: not null }
                ? read
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(WorkSolution))]
[JsonSerializable(typeof(WorkChallenge))]
internal sealed partial class WorkJson : JsonSerializerContext;
