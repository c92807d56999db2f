using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Onsale.Platform.Identity;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Access.Accounts;

public sealed class SecurityEventTests
{
    [Fact]
    public async Task Security_events_are_logged_and_counted_without_personal_data()
    {
        using var log = new LogLines(SecurityEvents.Category);
        await using var node = await OnsaleNode.StartAsync(
            settings:
            [
                ("Logging:LogLevel:Onsale.Security", "Information"), ("Onsale:RateLimits:Enabled", "true"),
                ("Onsale:RateLimits:Auth:PermitLimit", "6"), ("Onsale:RateLimits:Auth:WindowSeconds", "3600"),
            ],
            configure: builder =>
            {
                new CountingHasher().Use(builder);
                log.Use(builder);
            });
        using var counts = new Counts(node.Services.GetRequiredService<IMeterFactory>());
        var email = Auth.NewEmail();

        var account = await node.RegisterAsync(email);
        await node.LoginAsync(email, "not the password");
        var signed = await (await node.LoginAsync(email)).ShouldSignInAsync(200);
        await node.SendMeAsync(HttpMethod.Patch, "/password", signed.AccessToken,
            new { currentPassword = Auth.Password, newPassword = "quite other words to keep" });
        await node.PostAsync("logout", refreshToken: signed.RefreshToken);
        for (var i = 0; i < 6; i++)
            await node.LoginAsync(email, "not the password");

        counts.Of("registration").ShouldBe(1);
        counts.Of("sign-in").ShouldBe(1);
        counts.Of("password-refused").ShouldBeGreaterThanOrEqualTo(2);
        counts.Of("password-changed").ShouldBe(1);
        counts.Of("sign-out").ShouldBe(1);
        counts.Of("rate-limited").ShouldBeGreaterThanOrEqualTo(2);
        var lines = log.All;
        lines.ShouldContain(line => line.StartsWith($"Account {account.Id} signed in", StringComparison.Ordinal));
        lines.ShouldContain(
            line => line.StartsWith($"Password of account {account.Id} changed", StringComparison.Ordinal));
        // One entry a caller and minute, however many were refused.
        lines.Count(line => line.Contains("over rate limit", StringComparison.Ordinal)).ShouldBe(1);
        foreach (var line in lines)
        {
            line.ShouldNotContain("@");
            line.ShouldNotContain("127.0.0.1");
            line.ShouldNotContain(email.Split('@')[0]);
        }
    }

    [Fact]
    public async Task Nodes_of_one_database_write_the_same_pseudonyms_and_others_do_not()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using var one = await OnsaleNode.StartAsync(database);
        await using var two = await OnsaleNode.StartAsync(database);
        await using var foreign = await OnsaleNode.StartAsync(await TestCluster.PrivateDatabaseAsync());

        Of(two).ShouldBe(Of(one));
        Of(foreign).ShouldNotBe(Of(one));

        static string Of(OnsaleNode node) => node.Services.GetRequiredService<KeyedHash>().OfEmail("a@example.com");
    }

    private sealed class Counts : IDisposable
    {
        private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
        private readonly MeterListener _listener = new();

        public Counts(IMeterFactory meters)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "onsale.security.events" && instrument.Meter.Scope == meters)
                    listener.EnableMeasurementEvents(instrument);
            };
            _listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
            {
                lock (_counts)
                {
                    var name = (string)tags[0].Value!;
                    _counts[name] = _counts.GetValueOrDefault(name) + value;
                }
            });
            _listener.Start();
        }

        public long Of(string name)
        {
            lock (_counts)
                return _counts.GetValueOrDefault(name);
        }

        public void Dispose() => _listener.Dispose();
    }
}
