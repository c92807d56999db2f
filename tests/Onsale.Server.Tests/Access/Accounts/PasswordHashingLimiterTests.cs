using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Platform;

namespace Onsale.Server.Tests.Access.Accounts;

public sealed class PasswordHashingLimiterTests
{
    [Fact]
    public async Task When_the_queue_for_a_processor_is_full_sign_ins_are_refused_and_guests_are_not()
    {
        await using var node = await OnsaleNode.StartAsync(configure: new CountingHasher().Use);
        var email = Auth.NewEmail();
        await node.RegisterAsync(email);
        var turns = await TakeEveryTurnAsync(node.Services.GetRequiredService<PasswordHashingLimiter>());

        var refused = await node.LoginAsync(email);

        await refused.ShouldBeProblemAsync(503, "overloaded");
        refused.Headers.RetryAfter.ShouldNotBeNull();
        await (await node.PostAsync("register", new { email = Auth.NewEmail(), password = Auth.Password, name = "Bo" }))
            .ShouldBeProblemAsync(503, "overloaded");
        await node.GuestAsync();

        foreach (var turn in turns)
            (await turn).Dispose();
        await (await node.LoginAsync(email)).ShouldSignInAsync(200);
    }

    [Fact]
    public void Nothing_matches_when_there_is_no_account()
    {
        var hasher = new CountingHasher();
        using var work = new PasswordHashingLimiter(hasher);

        foreach (var password in new[] { "", "password", Auth.Password })
            work.Verify(account: null, password).ShouldBe(PasswordVerificationResult.Failed);

        hasher.Verified.ShouldBe(3);
    }

    /// <summary>Turns that were given, and after them all that wait.</summary>
    private static async Task<List<Task<RateLimitLease>>> TakeEveryTurnAsync(PasswordHashingLimiter work)
    {
        List<Task<RateLimitLease>> turns = [];
        while (true)
        {
            var turn = work.EnterAsync(CancellationToken.None).AsTask();
            if (turn.IsCompleted && !(await turn).IsAcquired)
                return turns;
            turns.Add(turn);
        }
    }
}
