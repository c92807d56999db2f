using System.Text;
using Microsoft.AspNetCore.Http;
using Onsale.Platform.Http;

namespace Onsale.Server.Tests.Platform;

public sealed class ProblemTests
{
    [Theory]
    [InlineData("0HNHB2JQ5V4QE:00000001")]
    [InlineData("4bf92f3577b34da6a3ce929d0e0e4736")]
    [InlineData("")]
    [InlineData("\"quoted\" é")]
    public async Task A_kept_problem_is_answered_as_one_that_is_written_for_each(string traceId)
    {
        var kept = Full().Keep();

        var (first, again) = (await AnswerAsync(kept, traceId), await AnswerAsync(kept, traceId));

        var written = await AnswerAsync(Full(), traceId);
        first.ShouldBe(written);
        again.ShouldBe(written);
        written.Body.ShouldContain("\"available\":0");
    }

    [Fact]
    public async Task Only_the_head_of_a_kept_problem_is_sent_where_only_that_was_asked_for()
    {
        var (length, body) = await AnswerAsync(Full().Keep(), "1", HttpMethods.Head);

        body.ShouldBeEmpty();
        length.ShouldBe((await AnswerAsync(Full(), "1")).Length);
    }

    // With a member's name in its texts: what is kept must not be cut there.
    private static Problem Full() => new(
        409, "sold-out", "\"traceId\":\"\" is sold out — é.", writer => writer.WriteNumber("available", 0));

    private static async Task<(long? Length, string Body)> AnswerAsync(
        Problem problem, string traceId, string method = "POST")
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { TraceIdentifier = traceId };
        context.Request.Method = method;
        context.Response.Body = body;

        await problem.ExecuteAsync(context);
        await context.Response.BodyWriter.FlushAsync();

        context.Response.StatusCode.ShouldBe(409);
        context.Response.ContentType.ShouldBe("application/problem+json");
        context.Response.Headers.CacheControl.ToString().ShouldBe("no-store");
        return (context.Response.ContentLength, Encoding.UTF8.GetString(body.ToArray()));
    }
}
