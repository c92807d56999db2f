using Microsoft.OpenApi;

namespace Onsale.Server.Selling.WaitingRoom;

/// <summary>Says in the contract that a route takes an admission.</summary>
internal static class AdmissionContract
{
    /// <summary>Adds the header, which no parameter of a handler reads: <see cref="AdmissionGate"/> does.</summary>
    public static RouteHandlerBuilder AsksForAdmission(this RouteHandlerBuilder route) =>
        route.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = AdmissionGate.Header,
                In = ParameterLocation.Header,
                Description = "The admission's token, while the event's waiting room is open.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            });
            return Task.CompletedTask;
        });
}
