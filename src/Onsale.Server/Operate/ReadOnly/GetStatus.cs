using Onsale.Platform.Http;

namespace Onsale.Server.Operate.ReadOnly;

/// <summary>GET /status: from memory, for everybody alike.</summary>
internal static class GetStatus
{
    private static readonly string CacheControl = $"public, max-age={ReadOnlyLimits.StatusSeconds}";

    public static CacheableJson<StatusResponse> Handle(ReadOnlyMode mode) => new(
        mode.State is { } state
            ? new StatusResponse(new ReadOnlyNotice(state.Since, state.Reason))
            : new StatusResponse(),
        CacheControl, isRepeated: false);
}
