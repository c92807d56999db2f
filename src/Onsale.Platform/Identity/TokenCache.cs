using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Authentication;

namespace Onsale.Platform.Identity;

/// <summary>
/// Remembers the tickets of access tokens that were unprotected before. A buyer sends the same token with every request
/// for minutes, and unprotecting it costs far more than finding it here (the figures are in <c>docs/security.md</c>).
/// </summary>
/// <remarks>
/// <para>Safe, because the key is the whole token as it was sent: what is found here is exactly what unprotecting it
/// gave, its time of expiry with it, and the bearer handler compares that with the clock at every request. A token that
/// does not unprotect is never kept, so nobody can fill the cache with forgeries. Tickets are shared between requests,
/// which must not change them.</para>
/// <para>Bounded by two generations: lookups move what is used to the young one; when that is full, or an access
/// token's lifetime has passed, the old one is dropped and the young one takes its place. Eviction is therefore one
/// assignment, readers take no lock, and expired tickets go with their generation.</para>
/// </remarks>
internal sealed class TokenCache(
    ISecureDataFormat<AuthenticationTicket> protector, EndedSessions endedSessions, EndedGuests endedGuests,
    TimeProvider timeProvider, int limit)
    : ISecureDataFormat<AuthenticationTicket>
{
    private static readonly TimeSpan GenerationLifetime = TimeSpan.FromMinutes(IdentityLimits.AccessTokenMinutes);

    private readonly Lock _turning = new();
    private Generation _young = new(timeProvider.GetUtcNow());
    private Generation _old = new(timeProvider.GetUtcNow());

    internal int Count => _young.Tickets.Count + _old.Tickets.Count;

    public AuthenticationTicket? Unprotect(string? protectedText)
    {
        if (protectedText is null)
            return null;
        var ticket = Find(protectedText);
        return ticket is null || endedSessions.Contains(TokenClaims.SessionOf(ticket.Principal)) ? null : ticket;
    }

    private AuthenticationTicket? Find(string protectedText)
    {
        if (Volatile.Read(ref _young).Tickets.TryGetValue(protectedText, out var known))
            return known.Ticket;
        var ticket = Volatile.Read(ref _old).Tickets.TryGetValue(protectedText, out known)
            ? known.Ticket
            : protector.Unprotect(protectedText);
        // The bearer handler refuses an expired ticket and says that it is expired; here it is only not kept.
        if (ticket?.Properties.ExpiresUtc is { } expiresAt && !IsOver(expiresAt))
            Keep(protectedText, ticket, expiresAt);
        return ticket;
    }

    /// <summary>The result for a token that was used lately and has not expired; false: ask the handler.</summary>
    public bool TryFind(ReadOnlySpan<char> token, [NotNullWhen(true)] out Task<AuthenticateResult>? result)
    {
        var isKnown = TryFindLive(token, out var known);
        result = isKnown ? known!.Result : null;
        return isKnown;
    }

    /// <summary>
    /// The buyer of a token that was used lately and has not expired, and whose guest has not ended in an account;
    /// false: ask the handler.
    /// </summary>
    public bool TryFindBuyer(ReadOnlySpan<char> token, out Buyer buyer)
    {
        var isKnown = TryFindLive(token, out var known);
        buyer = isKnown ? known!.Buyer.GetValueOrDefault() : default;
        return isKnown && known!.Buyer is not null && !(buyer.IsGuest && endedGuests.Contains(buyer.Id));
    }

    public AuthenticationTicket? Unprotect(string? protectedText, string? purpose) =>
        protector.Unprotect(protectedText, purpose);

    public string Protect(AuthenticationTicket data) => protector.Protect(data);

    public string Protect(AuthenticationTicket data, string? purpose) => protector.Protect(data, purpose);

    private bool TryFindLive(ReadOnlySpan<char> token, [NotNullWhen(true)] out Known? known) =>
        Volatile.Read(ref _young).BySpan.TryGetValue(token, out known) && !IsOver(known.ExpiresAt)
        && !endedSessions.Contains(known.SessionId);

    private bool IsOver(DateTimeOffset expiresAt) => timeProvider.GetUtcNow() >= expiresAt;

    private void Keep(string token, AuthenticationTicket ticket, DateTimeOffset expiresAt)
    {
        var young = Volatile.Read(ref _young);
        if (young.IsFull(limit / 2) || timeProvider.GetUtcNow() - young.Since >= GenerationLifetime)
            young = Turn(young);
        young.Add(token, ticket, expiresAt);
    }

    private Generation Turn(Generation full)
    {
        lock (_turning)
        {
            if (ReferenceEquals(_young, full))
            {
                Volatile.Write(ref _old, full);
                Volatile.Write(ref _young, new Generation(timeProvider.GetUtcNow()));
            }

            return _young;
        }
    }

    /// <param name="Ticket">What unprotecting the token gave.</param>
    /// <param name="ExpiresAt">The ticket's own time, which its properties keep as text.</param>
    /// <param name="Result">The same for whoever awaits it, made once.</param>
    /// <param name="Buyer">Who it says books.</param>
    /// <param name="SessionId">The session that it was issued for.</param>
    private sealed record Known(
        AuthenticationTicket Ticket, DateTimeOffset ExpiresAt, Task<AuthenticateResult> Result, Buyer? Buyer,
        Guid SessionId);

    private sealed class Generation
    {
        private int _count;

        public Generation(DateTimeOffset since)
        {
            Since = since;
            BySpan = Tickets.GetAlternateLookup<ReadOnlySpan<char>>();
        }

        public ConcurrentDictionary<string, Known> Tickets { get; } = new(new TokenComparer());

        /// <summary>The same tickets, for a token that is a part of a header.</summary>
        public ConcurrentDictionary<string, Known>.AlternateLookup<ReadOnlySpan<char>> BySpan { get; }

        public DateTimeOffset Since { get; }

        // Counted beside the dictionary, whose own Count takes all its locks.
        public bool IsFull(int limit) => Volatile.Read(ref _count) >= limit;

        public void Add(string token, AuthenticationTicket ticket, DateTimeOffset expiresAt)
        {
            var known = new Known(
                ticket, expiresAt, Task.FromResult(AuthenticateResult.Success(ticket)),
                Buyer.TryFrom(ticket.Principal), TokenClaims.SessionOf(ticket.Principal));
            if (Tickets.TryAdd(token, known))
                Interlocked.Increment(ref _count);
        }
    }

    /// <summary>
    /// Compares whole tokens, but hashes only their ends. A token ends with its authentication code, which differs
    /// between tokens like chance does; and only tokens that unprotect are kept: nobody can choose ends that collide.
    /// </summary>
    private sealed class TokenComparer
        : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<char>, string>
    {
        private const int HashedChars = 16;

        public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

        public bool Equals(ReadOnlySpan<char> alternate, string other) => alternate.SequenceEqual(other);

        public int GetHashCode(string token) => GetHashCode(token.AsSpan());

        public int GetHashCode(ReadOnlySpan<char> token) =>
            string.GetHashCode(token[Math.Max(0, token.Length - HashedChars)..], StringComparison.Ordinal);

        public string Create(ReadOnlySpan<char> alternate) => alternate.ToString();
    }
}
