using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Onsale.Platform.Http;

/// <summary>
/// Sends small JSON at once: written on the thread's own buffer and copied into the response with its length known. The
/// framework's way suspends on a flush and sends chunks, which an on-sale's most common answers need not.
/// </summary>
internal static class JsonBody
{
    private const int FirstBytes = 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? t_buffer;

    [ThreadStatic]
    private static Utf8JsonWriter? t_writer;

    /// <summary>
    /// Sets the body of a response whose status and headers are set; the server flushes it at the
    /// end.
    /// </summary>
    /// <param name="context">The request that is answered.</param>
    /// <param name="contentType">What the body is.</param>
    /// <param name="state">Handed to <paramref name="write"/>.</param>
    /// <param name="write">Writes one JSON value; it must not await or answer another request.</param>
    public static void Set<T>(HttpContext context, string contentType, T state, Action<Utf8JsonWriter, T> write)
    {
        var buffer = t_buffer ??= new ArrayBufferWriter<byte>(FirstBytes);
        buffer.ResetWrittenCount();
        var writer = t_writer ??= new Utf8JsonWriter(buffer);
        writer.Reset(buffer);
        write(writer, state);
        writer.Flush();
        if (Begin(context, contentType, buffer.WrittenCount))
            context.Response.BodyWriter.Write(buffer.WrittenSpan);
    }

    /// <summary>The same of JSON that was written before and differs in one text.</summary>
    /// <param name="context">The request that is answered.</param>
    /// <param name="contentType">What the body is.</param>
    /// <param name="before">All before the text.</param>
    /// <param name="text">ASCII that JSON need not escape.</param>
    /// <param name="after">All after it.</param>
    public static void Set(
        HttpContext context, string contentType, ReadOnlySpan<byte> before, string text, ReadOnlySpan<byte> after)
    {
        var length = before.Length + text.Length + after.Length;
        if (!Begin(context, contentType, length))
            return;
        var body = context.Response.BodyWriter.GetSpan(length);
        before.CopyTo(body);
        Encoding.ASCII.GetBytes(text, body[before.Length..]);
        after.CopyTo(body[(before.Length + text.Length)..]);
        context.Response.BodyWriter.Advance(length);
    }

    /// <summary>False: only the head was asked for.</summary>
    private static bool Begin(HttpContext context, string contentType, int length)
    {
        var response = context.Response;
        response.ContentType = contentType;
        response.ContentLength = length;
        return !HttpMethods.IsHead(context.Request.Method);
    }
}
