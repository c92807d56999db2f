namespace Onsale.Server.Selling.Live;

/// <summary>Why watching ends.</summary>
internal enum WatchEnd
{
    /// <summary>The peer closed, or its connection broke.</summary>
    Left,

    /// <summary>It took messages more slowly than they came.</summary>
    TooSlow,

    /// <summary>It has not answered a ping for too long.</summary>
    Silent,

    /// <summary>It sent a message; the feed takes none.</summary>
    SpokeUp,

    /// <summary>It broke the protocol.</summary>
    ProtocolError,

    /// <summary>The program is stopping.</summary>
    Stopping,

    /// <summary>A defect of this program.</summary>
    Failed,
}

/// <summary>
/// How messages reach one watcher. One call at a time, except for <see cref="Abort"/>. What breaks because the peer is
/// gone is thrown as an <see cref="IOException"/> or a cancellation.
/// </summary>
internal interface ILiveTransport
{
    /// <summary>Whether the peer has been silent longer than a living one can be.</summary>
    bool IsSilent { get; }

    /// <summary>Sends a message; completes when the connection has taken it.</summary>
    ValueTask SendAsync(LiveFrame frame);

    /// <summary>Sends a sign of life, and answers the peer's where the protocol asks for it.</summary>
    ValueTask TendAsync();

    /// <summary>Says why it ends, where the protocol can.</summary>
    ValueTask CloseAsync(WatchEnd end);

    /// <summary>Cuts the connection, also in the middle of another call.</summary>
    void Abort();
}
