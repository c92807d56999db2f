using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Metadata;

namespace Onsale.Platform.Http;

/// <summary>
/// 201 with JSON and the address of what was made, on the path of a hold: see <see cref="JsonBody"/>. Whoever answers
/// brings the contract, since a request's services cost more than what they would be asked for here.
/// </summary>
internal sealed class CreatedJson<T>(string location, T value, JsonTypeInfo<T> form)
    : IResult, IValueHttpResult<T>, IEndpointMetadataProvider
{
    public T Value => value;

    T? IValueHttpResult<T>.Value => value;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status201Created;
        httpContext.Response.Headers.Location = location;
        JsonBody.Set(
            httpContext, "application/json; charset=utf-8", (value, form),
            static (writer, body) => JsonSerializer.Serialize(writer, body.value, body.form));
        return Task.CompletedTask;
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(
            new ProducesResponseTypeMetadata(StatusCodes.Status201Created, typeof(T), ["application/json"]));
}
