using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Onsale.Platform.Contract;

/// <summary>What the types alone do not tell.</summary>
internal static class ContractSchemas
{
    public static Task TransformAsync(
        OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        // These have converters of their own, which hides their shape.
        if (type == typeof(string) || type.IsEnum)
            schema.Type = JsonSchemaType.String;
        else if (type == typeof(DateTimeOffset))
            (schema.Type, schema.Format) = (JsonSchemaType.String, "date-time");
        // And with it the shape of a list of them.
        else if (schema.Type?.HasFlag(JsonSchemaType.Array) is true && type.IsAssignableTo(typeof(IEnumerable<string>)))
            schema.Items ??= new OpenApiSchema { Type = JsonSchemaType.String };
        if (context.JsonTypeInfo.Kind is JsonTypeInfoKind.Object)
            DescribeMembers(schema, context.JsonTypeInfo);

        if (context.ParameterDescription?.ParameterDescriptor is IParameterInfoParameterDescriptor parameter)
            Describe(schema, parameter.ParameterInfo.GetCustomAttributes(inherit: false));
        return Task.CompletedTask;
    }

    /// <summary>
    /// Null is never written: such a member is left out. New members may come: clients let them pass.
    /// </summary>
    private static void DescribeMembers(OpenApiSchema schema, JsonTypeInfo type)
    {
        schema.AdditionalProperties = null;
        schema.AdditionalPropertiesAllowed = true;
        foreach (var member in type.Properties)
        {
            if (Nullable.GetUnderlyingType(member.PropertyType) is not null
                || (member.IsGetNullable && !member.PropertyType.IsValueType))
            {
                schema.Required?.Remove(member.Name);
            }
        }
    }

    private static void Describe(OpenApiSchema schema, object[] attributes)
    {
        // Numbers in the query are read as text by the handler, which names what is wrong with them.
        if (schema.Type is JsonSchemaType.String && attributes.OfType<RangeAttribute>().Any())
            (schema.Type, schema.Format) = (JsonSchemaType.Integer, "int32");
        if (attributes.OfType<AllowedValuesAttribute>().FirstOrDefault() is { } allowed)
            schema.Enum = [.. allowed.Values.Select(value => (JsonNode)JsonValue.Create(value!.ToString())!)];
    }
}
