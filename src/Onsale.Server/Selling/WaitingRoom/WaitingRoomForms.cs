using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>How answers of a waiting room are written: JSON, and the signed passes in it.</summary>
internal sealed class WaitingRoomForms(QueueTokens tokens, IOptions<JsonOptions> json)
{
    public QueueTokens Tokens => tokens;

    public JsonTypeInfo<QueuePlace> Place { get; } =
        (JsonTypeInfo<QueuePlace>)json.Value.SerializerOptions.GetTypeInfo(typeof(QueuePlace));
}
