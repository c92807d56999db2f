using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Platform;

namespace Onsale.Server.Tests.Access.Accounts;

public sealed class PasswordHashingLimiterTests
{
    private static readonly int s_processors = Math.Max(1, Environment.ProcessorCount / 2);

    private readonly ManualTime _time = new();
    private readonly PasswordHashingLimiter _limiter;

    public PasswordHashingLimiterTests() => _limiter = new PasswordHashingLimiter(new CountingHasher(), _time);

    [Fact]
    public async Task When_the_queue_for_a_processor_is_full_sign_ins_are_refused_and_guests_are_not()
    {
        await using var node = await OnsaleNode.StartAsync(configure: new CountingHasher().Use);
        var email = Auth.NewEmail();
        await node.RegisterAsync(email);
        var limiter = node.Services.GetRequiredService<PasswordHashingLimiter>();
        var turns = await TakeProcessorsAsync(limiter);
        var waiting = Fill(limiter, AccountsLimits.PasswordQueue);

        var refused = await node.LoginAsync(email);

        await refused.ShouldBeProblemAsync(503, "overloaded");
        refused.Headers.RetryAfter.ShouldNotBeNull();
        await (await node.PostAsync("register", new { email = Auth.NewEmail(), password = Auth.Password, name = "Bo" }))
            .ShouldBeProblemAsync(503, "overloaded");
        await node.GuestAsync();

        turns.ForEach(turn => turn.Dispose());
        foreach (var turn in waiting)
            (await turn)?.Dispose();
        await (await node.LoginAsync(email)).ShouldSignInAsync(200);
    }

    [Fact]
    public async Task An_attempt_that_was_refused_for_lack_of_processors_does_not_count()
    {
        await using var node = await OnsaleNode.StartAsync(configure: new CountingHasher().Use);
        var email = Auth.NewEmail();
        await node.RegisterAsync(email);
        var limiter = node.Services.GetRequiredService<PasswordHashingLimiter>();
        var turns = await TakeProcessorsAsync(limiter);
        var waiting = Fill(limiter, AccountsLimits.PasswordQueue);
        for (var i = 0; i < AccountsLimits.SignInAttempts + 1; i++)
            await (await node.LoginAsync(email)).ShouldBeProblemAsync(503, "overloaded");

        turns.ForEach(turn => turn.Dispose());
        foreach (var turn in waiting)
            (await turn)?.Dispose();

        await (await node.LoginAsync(email)).ShouldSignInAsync(200);
    }

    [Fact]
    public async Task A_wait_ends_after_three_seconds_with_a_refusal()
    {
        var turns = await TakeProcessorsAsync(_limiter);
        var waiting = EnterAsync(1);

        _time.Advance(TimeSpan.FromMilliseconds(AccountsLimits.PasswordWaitMilliseconds - 1));
        waiting.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromMilliseconds(1));

        (await waiting).ShouldBeNull();
        // Nothing waits any more: the processors are free for the next.
        turns.ForEach(turn => turn.Dispose());
        (await TakeProcessorsAsync(_limiter)).Count.ShouldBe(s_processors);
    }

    [Fact]
    public async Task Address_ranges_take_turns_so_that_one_with_many_attempts_starves_no_other()
    {
        var turns = await TakeProcessorsAsync(_limiter);
        Task<PasswordHashingLimiter.Turn?>[] many =
            [.. Enumerable.Range(0, AccountsLimits.PasswordQueuePerAddress).Select(_ => EnterAsync(1))];
        var one = EnterAsync(2);
        (await EnterAsync(1)).ShouldBeNull("one address range has no more places in the queue than its own");

        turns[0].Dispose();
        (await many[0]).ShouldNotBeNull().Dispose();

        (await one).ShouldNotBeNull();
        many[1].IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Address_ranges_with_wrong_passwords_go_last_but_still_go()
    {
        for (var i = 0; i < AccountsLimits.SuspectFailures; i++)
            _limiter.NoteFailure(1UL);
        var turns = await TakeProcessorsAsync(_limiter);
        var suspect = EnterAsync(1);
        Task<PasswordHashingLimiter.Turn?>[] others =
            [.. Enumerable.Range(0, AccountsLimits.TurnsPerSuspect).Select(i => EnterAsync((ulong)(10 + i)))];

        var turn = turns[0];
        for (var i = 0; i < AccountsLimits.TurnsPerSuspect - 1; i++)
        {
            suspect.IsCompleted.ShouldBeFalse();
            turn.Dispose();
            turn = (await others[i]).ShouldNotBeNull();
        }

        turn.Dispose();
        (await suspect).ShouldNotBeNull();
        others[^1].IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_full_queue_of_suspects_makes_room_for_others()
    {
        await TakeProcessorsAsync(_limiter);
        List<Task<PasswordHashingLimiter.Turn?>> suspects = [];
        for (var i = 0; i < AccountsLimits.PasswordQueue; i++)
        {
            for (var failure = 0; failure < AccountsLimits.SuspectFailures; failure++)
                _limiter.NoteFailure((ulong)(i + 1));
            suspects.Add(EnterAsync((ulong)(i + 1)));
        }

        var other = EnterAsync(1_000);

        other.IsCompleted.ShouldBeFalse();
        (await suspects[^1]).ShouldBeNull();
        suspects[0].IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public void Nothing_matches_when_there_is_no_account()
    {
        var hasher = new CountingHasher();
        var limiter = new PasswordHashingLimiter(hasher, _time);

        foreach (var password in new[] { "", "password", Auth.Password })
            limiter.Verify(account: null, password).ShouldBe(PasswordVerificationResult.Failed);

        hasher.Verified.ShouldBe(3);
    }

    private Task<PasswordHashingLimiter.Turn?> EnterAsync(ulong address) =>
        _limiter.EnterAsync(address, CancellationToken.None);

    private static async Task<List<PasswordHashingLimiter.Turn>> TakeProcessorsAsync(PasswordHashingLimiter limiter)
    {
        List<PasswordHashingLimiter.Turn> turns = [];
        for (var i = 0; i < s_processors; i++)
            turns.Add((await limiter.EnterAsync(999UL, CancellationToken.None)).ShouldNotBeNull());
        return turns;
    }

    /// <summary>Waits from as many address ranges as it takes.</summary>
    private static List<Task<PasswordHashingLimiter.Turn?>> Fill(PasswordHashingLimiter limiter, int count) =>
        [.. Enumerable.Range(0, count).Select(i => limiter.EnterAsync((ulong)(100 + i), CancellationToken.None))];
}
