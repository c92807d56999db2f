using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Platform.Telemetry;

/// <summary>The log of a whole run, as a machine reads it.</summary>
public sealed class LogTests
{
    private const string Name = "Wilhelmina Pfefferkorn";
    private const string Email = "wilhelmina.pfefferkorn@buyers.example";
    private const string Password = "seventeen yellow umbrellas";

    [Fact]
    public async Task Log_of_a_run_is_JSON_lines_with_trace_ids_and_without_what_is_a_buyers_own()
    {
        var smtpPort = Ports.Free();
        await using var smtp = SmtpReceiver.Start(smtpPort, _ => new SmtpServer.Protocol.SmtpResponse(
            SmtpServer.Protocol.SmtpReplyCode.MailboxUnavailable, $"no such mailbox {Email}"));
        var database = await TestCluster.PrivateDatabaseAsync();
        await using var server = await ServerProcess.StartAsync(new ServerOptions(ServerProcess.CreateDataDirectory())
        {
            Settings = SmtpReceiver.Settings(smtpPort).Append(("Logging:Console:FormatterName", "onsale-json"))
                .Append(("Logging:LogLevel:Default", "Debug"))
                .Append(("Logging:LogLevel:Microsoft.AspNetCore", "Information"))
                .Append(("ConnectionStrings:Postgres", database))
                .ToDictionary(setting => setting.Item1, setting => setting.Item2, StringComparer.Ordinal),
        });
        await using var dataSource = Npgsql.NpgsqlDataSource.Create(database);
        var @event = await TestEvent.WithPoolsAsync(dataSource, [10]);

        var (token, code) = await BuyAsync(server.Client, @event);
        // What fails is logged with more words: a mail that is refused, an address that is taken, a wrong password.
        await Eventually.ShouldBeAsync(() => dataSource.CountAsync("mails", "state = 3"), 2);
        await PostAsync(server.Client, "auth/register", new { email = Email, password = Password, name = Name });
        await PostAsync(server.Client, "auth/login", new { email = Email, password = "another" });
        await PostAsync(server.Client, "auth/password/forgot", new { email = Email });
        await server.TerminateAsync();

        var lines = server.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line.StartsWith('{')).ToList();
        var records = lines.ConvertAll(line => JsonSerializer.Deserialize<JsonElement>(line));
        records.Count.ShouldBeGreaterThan(20);
        records.ShouldAllBe(record => record.GetProperty("message").ValueKind == JsonValueKind.String);
        var requests = records.Where(record => record.GetProperty("category").GetString()!
            .StartsWith("Microsoft.AspNetCore.Routing", StringComparison.Ordinal)).ToList();
        requests.ShouldNotBeEmpty();
        requests.ShouldAllBe(record => record.GetProperty("trace_id").GetString()!.Length == 32);
        foreach (var secret in new[] { Name, "Pfefferkorn", Email, Password, token, code })
            server.Output.ShouldNotContain(secret, Case.Insensitive);
    }

    private static async Task<(string Token, string OrderCode)> BuyAsync(HttpClient client, TestEvent @event)
    {
        var account = await PostAsync(
            client, "auth/register", new { email = Email, password = Password, name = Name });
        var token = account.GetProperty("accessToken").GetString()!;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var hold = await PostAsync(
            client, $"events/{@event.Id}/bookings",
            new { tickets = new[] { new { tierId = @event.Tiers[0].Id, quantity = 1 } } });
        var booking = $"events/{@event.Id}/bookings/{hold.GetProperty("id").GetString()}";
        using var contact = await client.PutAsJsonAsync(
            $"/api/v1/{booking}/contact", new { name = Name, email = Email, language = "en" });
        contact.EnsureSuccessStatusCode();
        var sold = await PostAsync(client, $"{booking}/confirm", new { payment = new { token = "sim_success" } });
        return (token, sold.GetProperty("orderCode").GetString()!);
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string route, object body)
    {
        using var response = await client.PostAsJsonAsync($"/api/v1/{route}", body);
        var text = await response.Content.ReadAsStringAsync();
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }
}
