namespace Onsale.Server.Live;

/// <summary>Why a watcher is sent away.</summary>
internal enum DropReason
{
    /// <summary>It took messages more slowly than they came.</summary>
    TooSlow,

    /// <summary>The program is stopping.</summary>
    Stopping,
}

/// <summary>How messages reach one watcher. One call at a time.</summary>
internal interface ILiveTransport
{
    /// <summary>Sends a message; completes when the connection has taken it.</summary>
    ValueTask SendAsync(LiveFrame frame);

    /// <summary>Sends a sign of life, where the protocol has none of its own.</summary>
    ValueTask PingAsync();

    /// <summary>Ends the connection, saying why where the protocol can and the peer still listens. Never throws.</summary>
    void Drop(DropReason reason);
}
