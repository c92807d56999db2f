using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Onsale.Server.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Bookings;

/// <summary>
/// Many buyers at one node over a bounded number of sockets. Their tokens come from the node's own service: thousands
/// of sign-ins over HTTP would be the longest part of a race that is not about them.
/// </summary>
internal sealed class Crowd : IDisposable
{
    private readonly AccessTokens _tokens;

    public Crowd(OnsaleNode node, int sockets = 64)
    {
        _tokens = node.Services.GetRequiredService<AccessTokens>();
        Client = new HttpClient(new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            MaxConnectionsPerServer = sockets,
            RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8, // a client may send what is not allowed
        })
        {
            BaseAddress = node.Address,
            Timeout = TimeSpan.FromMinutes(2),
        };
    }

    public HttpClient Client { get; }

    /// <summary>A new buyer, signed in.</summary>
    public Booker Join()
    {
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        return new Booker(Client, _tokens.Issue(Profile.OfGuest(id), sessionId: id).AccessToken, id);
    }

    public Booker[] Join(int count) => [.. Enumerable.Range(0, count).Select(_ => Join())];

    /// <summary>All of them at once, and what each was told.</summary>
    public static Task<Answer[]> RushAsync(IEnumerable<Booker> buyers, Func<Booker, Task<Answer>> act) =>
        Task.WhenAll(buyers.Select(act));

    public void Dispose() => Client.Dispose();
}
