using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Onsale.Platform.Http;

namespace Onsale.Platform.Contract;

/// <summary>
/// The contract as it is served: written at the first request and kept, since routes do not change while the program
/// runs. The framework would write it anew, and uncompressed, for each.
/// </summary>
internal sealed class ContractFile([FromKeyedServices(ContractFile.DocumentName)] IOpenApiDocumentProvider contract)
{
    public const string DocumentName = "v1";

    private CompressedBody? _body;

    public async Task ServeAsync(HttpContext context)
    {
        // Of two first requests each writes its own, and one of the two is kept.
        var body = _body ??= await WriteAsync(context.RequestAborted);
        context.Response.ContentType = "application/json; charset=utf-8";
        await body.SendAsync(context, body.CodingFor(context));
    }

    private async Task<CompressedBody> WriteAsync(CancellationToken cancellationToken)
    {
        var document = await contract.GetOpenApiDocumentAsync(cancellationToken);
        using var json = new MemoryStream();
        await document.SerializeAsJsonAsync(json, OpenApiSpecVersion.OpenApi3_1, cancellationToken);
        return new CompressedBody(json.ToArray());
    }
}
