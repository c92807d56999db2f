using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Onsale.Platform.Http;

/// <summary>
/// The one JSON dialect of the API: camelCase, numbers are numbers, nothing unknown, doubled or missing is accepted,
/// instants are UTC. Modules chain their source-generated contexts with <see cref="AddJson"/>.
/// </summary>
internal static class Json
{
    /// <summary>Adds a module's source-generated contracts.</summary>
    public static IServiceCollection AddJson(this IServiceCollection services, IJsonTypeInfoResolver contracts) =>
        services.ConfigureHttpJsonOptions(
            options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, contracts));

    /// <summary>
    /// Sets the dialect on <paramref name="options"/>. Required members are those of a record's constructor that have
    /// no default value; a member that may be left out says so with <c>= null</c>.
    /// </summary>
    public static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.AllowTrailingCommas = false;
        options.ReadCommentHandling = JsonCommentHandling.Disallow;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        options.MaxDepth = HostingLimits.MaxJsonDepth;
        options.Converters.Add(new TextConverter());
        options.Converters.Add(new InstantConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
    }

    /// <summary>Refuses NUL in any string: PostgreSQL cannot store it, and nothing honest sends it.</summary>
    private sealed class TextConverter : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null))
                throw new JsonException();
            var text = reader.GetString();
            if (text is not null && text.Contains('\0'))
                throw new InvalidValueException("The text contains a NUL character.");
            return text;
        }

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value);
    }

    /// <summary>
    /// RFC 3339 with an offset on the way in (a local time would mean the server's), UTC with Z on the way
    /// out.
    /// </summary>
    private sealed class InstantConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(
            ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType is not JsonTokenType.String || !Instants.TryParse(reader.GetString(), out var instant))
                throw new InvalidValueException(
                    "Must be an RFC 3339 instant with an offset, such as 2026-05-01T18:00:00Z.");
            return instant;
        }

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime);
    }
}
