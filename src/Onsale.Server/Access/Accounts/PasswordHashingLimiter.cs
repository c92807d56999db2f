using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Onsale.Platform.Http;

namespace Onsale.Server.Access.Accounts;

/// <summary>
/// Hashing a password takes a processor for a good part of a tenth of a second, on purpose. Half of the processors at
/// most do it at a time, so that a rush of sign-ins leaves the rest to selling.
/// </summary>
/// <remarks>
/// Whoever waits is served in turns by address range, those without recent wrong passwords first, so that a flood from
/// some addresses does not starve the others. A wait ends with a refusal after
/// <see cref="AccountsLimits.PasswordWaitMilliseconds"/>, or at once when the queue is full.
/// </remarks>
internal sealed class PasswordHashingLimiter
{
    public static readonly Problem Overloaded = new(
        StatusCodes.Status503ServiceUnavailable, "overloaded", "Too many people are signing in. Try again in a moment.")
    {
        RetryAfterSeconds = 2,
    };

    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(AccountsLimits.PasswordWaitMilliseconds);

    private readonly IPasswordHasher<Account> _hasher;
    private readonly TimeProvider _time;
    private readonly Account _missing = new() { Email = "", Name = "" };
    private readonly Lock _gate = new();
    private readonly FairQueue _trusted = new();
    private readonly FairQueue _suspects = new();
    private readonly SuspectAddresses _failures;
    private int _free = Math.Max(1, Environment.ProcessorCount / 2);
    private int _turnsSinceSuspect;

    public PasswordHashingLimiter(IPasswordHasher<Account> hasher, TimeProvider time)
    {
        (_hasher, _time, _failures) = (hasher, time, new SuspectAddresses(time));
        _missing.PasswordHash = hasher.HashPassword(_missing, RandomNumberGenerator.GetHexString(32));
    }

    /// <summary>
    /// A turn at a processor, to be disposed after the work; null: too many wait, or it took too long.
    /// </summary>
    public async Task<Turn?> EnterAsync(UInt128 address, CancellationToken cancellationToken)
    {
        FairQueue.Waiter waiter;
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
                return new Turn(this);
            }

            var isSuspect = _failures.Contains(address);
            if (_trusted.Count + _suspects.Count >= AccountsLimits.PasswordQueue
                && (isSuspect || !_suspects.DropLast()))
                return null;
            var queue = isSuspect ? _suspects : _trusted;
            if (queue.CountOf(address) >= AccountsLimits.PasswordQueuePerAddress)
                return null;
            waiter = queue.Add(address);
        }

        try
        {
            return await waiter.Granted.Task.WaitAsync(LongestWait, _time, cancellationToken) ? new Turn(this) : null;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            bool wasGranted;
            lock (_gate)
                wasGranted = !waiter.Queue.Remove(waiter) && waiter.IsGranted;
            if (wasGranted)
                Leave(); // Granted at the last moment: the next in the queue has it.
            if (exception is OperationCanceledException)
                throw;
            return null;
        }
    }

    /// <summary>Notes a wrong password, so that an address range with many of them goes after the others.</summary>
    public void NoteFailure(UInt128 address)
    {
        lock (_gate)
            _failures.Add(address);
    }

    /// <summary>
    /// Compares a password with an account's hash. Without an account it compares with a hash that nothing matches,
    /// made with the same settings, so that the time does not tell whether there is one. To be called inside a turn.
    /// </summary>
    public PasswordVerificationResult Verify(Account? account, string password)
    {
        var subject = account ?? _missing;
        var result = _hasher.VerifyHashedPassword(subject, subject.PasswordHash!, password);
        return account is null ? PasswordVerificationResult.Failed : result;
    }

    public string Hash(Account account, string password) => _hasher.HashPassword(account, password);

    private void Leave()
    {
        lock (_gate)
        {
            var suspectsFirst = _turnsSinceSuspect >= AccountsLimits.TurnsPerSuspect - 1;
            var next = suspectsFirst
                ? _suspects.Take() ?? _trusted.Take()
                : _trusted.Take() ?? _suspects.Take();
            if (next is null)
            {
                _free++;
                return;
            }

            _turnsSinceSuspect = next.Queue == _suspects ? 0 : _turnsSinceSuspect + 1;
            next.IsGranted = true;
            next.Granted.SetResult(true);
        }
    }

    /// <summary>A turn at a processor.</summary>
    internal sealed class Turn(PasswordHashingLimiter limiter) : IDisposable
    {
        private int _isOver;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 0)
                limiter.Leave();
        }
    }

    /// <summary>First come, first served within an address range; the ranges take turns.</summary>
    private sealed class FairQueue
    {
        private readonly Dictionary<UInt128, LinkedList<Waiter>> _byAddress = [];
        private readonly LinkedList<UInt128> _order = [];

        public int Count { get; private set; }

        public int CountOf(UInt128 address) => _byAddress.TryGetValue(address, out var waiting) ? waiting.Count : 0;

        public Waiter Add(UInt128 address)
        {
            if (!_byAddress.TryGetValue(address, out var waiting))
            {
                _byAddress.Add(address, waiting = []);
                _order.AddLast(address);
            }

            var waiter = new Waiter(this, address);
            waiting.AddLast(waiter);
            Count++;
            return waiter;
        }

        public Waiter? Take()
        {
            if (_order.First is not { } first)
                return null;
            var address = first.Value;
            var waiter = _byAddress[address].First!.Value;
            _order.RemoveFirst();
            _order.AddLast(address);
            Remove(waiter);
            return waiter;
        }

        /// <summary>Refuses the one who would wait longest; false: nobody waits.</summary>
        public bool DropLast()
        {
            if (_order.Last is not { } last)
                return false;
            var waiter = _byAddress[last.Value].Last!.Value;
            Remove(waiter);
            waiter.Granted.SetResult(false);
            return true;
        }

        /// <returns>Whether it still waited.</returns>
        public bool Remove(Waiter waiter)
        {
            if (!_byAddress.TryGetValue(waiter.Address, out var waiting) || !waiting.Remove(waiter))
                return false;
            Count--;
            if (waiting.Count == 0)
            {
                _byAddress.Remove(waiter.Address);
                _order.Remove(waiter.Address);
            }

            return true;
        }

        public sealed class Waiter(FairQueue queue, UInt128 address)
        {
            public FairQueue Queue => queue;

            public UInt128 Address => address;

            public bool IsGranted { get; set; }

            public TaskCompletionSource<bool> Granted { get; } =
                new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Address ranges with several wrong passwords lately.</summary>
    private sealed class SuspectAddresses(TimeProvider time)
    {
        private readonly Dictionary<UInt128, (int Failures, long Since)> _failures = [];

        public bool Contains(UInt128 address) =>
            _failures.TryGetValue(address, out var noted) && !IsOver(noted.Since)
            && noted.Failures >= AccountsLimits.SuspectFailures;

        public void Add(UInt128 address)
        {
            if (_failures.TryGetValue(address, out var noted) && !IsOver(noted.Since))
            {
                _failures[address] = (noted.Failures + 1, noted.Since);
                return;
            }

            if (_failures.Count >= AccountsLimits.MaxSuspects)
                RemoveOver();
            _failures[address] = (1, time.GetTimestamp());
        }

        private void RemoveOver()
        {
            foreach (var (address, noted) in _failures)
            {
                if (IsOver(noted.Since))
                    _failures.Remove(address);
            }

            // So many at once that none is over: the order of service matters less than the bound.
            if (_failures.Count >= AccountsLimits.MaxSuspects)
                _failures.Clear();
        }

        private bool IsOver(long since) =>
            time.GetElapsedTime(since).TotalSeconds >= AccountsLimits.SuspectSeconds;
    }
}
