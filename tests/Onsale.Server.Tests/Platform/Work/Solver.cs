using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Platform.Work;

/// <summary>Solves challenges by ALTCHA's protocol as its text says, with nothing of the program.</summary>
internal static class Solver
{
    public static string Solve(JsonElement challenge, string? algorithm = null, long? number = null)
    {
        var salt = challenge.GetProperty("salt").GetString()!;
        var wanted = challenge.GetProperty("challenge").GetString()!;
        var most = challenge.GetProperty("maxnumber").GetInt64();
        for (var candidate = 0L; candidate <= most; candidate++)
        {
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"{salt}{candidate}")));
            if (hash != wanted)
                continue;
            return Write(
                algorithm ?? "SHA-256", wanted, number ?? candidate, salt,
                challenge.GetProperty("signature").GetString()!);
        }

        throw new InvalidOperationException("The challenge has no solution.");
    }

    public static string Write(string algorithm, string challenge, long number, string salt, string signature) =>
        Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(
            new { algorithm, challenge, number, salt, signature }));

    public static JsonElement ShouldAskForWork(this Answer answer, string detail)
    {
        (answer.Status, answer.Code).ShouldBe((403, "work-required"));
        answer["detail"].GetString()!.ShouldContain(detail);
        return answer["challenge"];
    }
}
