using System.Reflection;
using CsvHelper;
using Microsoft.AspNetCore.Http.Metadata;
using Npgsql;
using Onsale.Platform.Http;

namespace Onsale.Server.Selling.Bookings.Counter;

/// <summary>An export: its statement, its columns, and how a row becomes cells.</summary>
internal sealed record CsvExport(
    string FileName, string[] Columns, string Sql, IReadOnlyList<NpgsqlParameter> Parameters,
    Func<NpgsqlDataReader, IEnumerable<string>> Cells);

/// <summary>
/// Writes an export row by row as the database sends it: RFC 4180 in UTF-8 with a byte order mark, which spreadsheets
/// want. A million rows take no more memory than one.
/// </summary>
internal sealed class CsvAnswer(CsvExport export, CsvExports exports) : IResult, IEndpointMetadataProvider
{
    private static readonly CsvWriterOptions s_options = new() { WriteByteOrderMark = true, NewLine = "\r\n" };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var slot = exports.TryEnter();
        if (slot is null)
        {
            await CsvExports.Busy.ExecuteAsync(httpContext);
            return;
        }

        var cancellation = httpContext.RequestAborted;
        await using var connection = await exports.DataSource.OpenConnectionAsync(cancellation);
        await using var command = new NpgsqlCommand(export.Sql, connection) { CommandTimeout = 0 };
        foreach (var parameter in export.Parameters)
            command.Parameters.Add(parameter);
        // Before the first byte: what goes wrong until here is still a problem with a code.
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var response = httpContext.Response;
        response.ContentType = "text/csv; charset=utf-8; header=present";
        response.Headers.ContentDisposition = $"attachment; filename=\"{export.FileName}\"";
        await using var csv = CsvWriter.Create(response.Body, s_options, leaveOpen: true);
        await WriteAsync(csv, rows, cancellation);
    }

    private async Task WriteAsync(CsvWriter csv, NpgsqlDataReader rows, CancellationToken cancellation)
    {
        await csv.WriteRecordAsync(export.Columns, cancellation);
        for (var row = 1; await rows.ReadAsync(cancellation); row++)
        {
            await csv.WriteRecordAsync([.. export.Cells(rows)], cancellation);
            // A slow reader holds the database's rows back, not in this program's memory.
            if (row % CounterLimits.ExportFlushRows == 0)
                await csv.FlushAsync(cancellation);
        }
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), ["text/csv"]));
}

/// <summary>Bounds how many exports one node writes at a time.</summary>
internal sealed class CsvExports(NpgsqlDataSource dataSource) : IDisposable
{
    public static readonly Problem Busy = new(
        StatusCodes.Status503ServiceUnavailable, "overloaded", "Other exports are being written. Try again shortly.")
    {
        RetryAfterSeconds = CounterLimits.ExportRetryAfterSeconds,
    };

    private readonly SemaphoreSlim _slots = new(CounterLimits.MaxExports);

    public NpgsqlDataSource DataSource => dataSource;

    /// <summary>Null: as many are being written as may be.</summary>
    public IDisposable? TryEnter() => _slots.Wait(0) ? new Slot(_slots) : null;

    public void Dispose() => _slots.Dispose();

    private sealed class Slot(SemaphoreSlim slots) : IDisposable
    {
        public void Dispose() => slots.Release();
    }
}
