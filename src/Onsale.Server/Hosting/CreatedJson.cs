using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;

namespace Onsale.Server.Hosting;

/// <summary>
/// 201 with JSON and the address of what was made, on the path of a hold: see <see cref="JsonBody"/>.
/// </summary>
internal sealed class CreatedJson<T>(string location, T value)
    : IResult, IValueHttpResult<T>, IEndpointMetadataProvider
{
    public T Value => value;

    T? IValueHttpResult<T>.Value => value;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status201Created;
        httpContext.Response.Headers.Location = location;
        var options = httpContext.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var type = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
        JsonBody.Set(
            httpContext, "application/json; charset=utf-8", (value, type),
            static (writer, body) => JsonSerializer.Serialize(writer, body.value, body.type));
        return Task.CompletedTask;
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(
            new ProducesResponseTypeMetadata(StatusCodes.Status201Created, typeof(T), ["application/json"]));
}
