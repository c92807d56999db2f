namespace Onsale.Platform.Http;

/// <summary>Why nothing can be changed at present.</summary>
/// <param name="Since">Since when.</param>
/// <param name="Reason">What the operator says to buyers; null: the program came to it by itself.</param>
internal sealed record ReadOnlyState(DateTimeOffset Since, string? Reason);

/// <summary>
/// Whether this node takes changes. While it does not, whatever would change something is refused here, for all ways
/// alike, and what is shown comes from memory.
/// </summary>
internal sealed class ReadOnlyMode
{
    /// <summary>
    /// The earliest that trying again makes sense, and over how many seconds more the attempts are spread.
    /// </summary>
    private const int RetryAfterSeconds = 5;
    private const int RetrySpreadSeconds = 10;

    private volatile ReadOnlyState? _state;
    private volatile bool _answersFromMemory;

    /// <summary>Null: changes are taken.</summary>
    public ReadOnlyState? State
    {
        get => _state;
        set => _state = value;
    }

    /// <summary>The database does not answer: public answers are repeated from memory rather than waited for.</summary>
    public bool AnswersFromMemory
    {
        get => _answersFromMemory;
        set => _answersFromMemory = value;
    }

    public bool IsOn => _state is not null;

    /// <summary>503 <c>read-only</c>.</summary>
    public static Problem Refuse(ReadOnlyState state) => new(
        StatusCodes.Status503ServiceUnavailable, "read-only",
        state.Reason is { } reason
            ? $"Nothing can be changed at the moment; what is held stays held. {reason}"
            : "Nothing can be changed at the moment; what is held stays held. Our database does not answer.",
        writer =>
        {
            writer.WriteString("since", state.Since.UtcDateTime);
            if (state.Reason is not null)
                writer.WriteString("reason", state.Reason);
        })
    {
        RetryAfterSeconds = RetryAfterSeconds,
        RetrySpreadSeconds = RetrySpreadSeconds,
    };
}

/// <summary>A route that is used without GET and changes nothing, or must work while nothing else may change.</summary>
internal sealed record WorksReadOnly
{
    public static readonly WorksReadOnly Instance = new();
}

internal static class ReadOnlyGate
{
    public static void AddReadOnlyMode(this IServiceCollection services)
    {
        services.AddSingleton<ReadOnlyMode>();
        services.AddSingleton<LastAnswers>();
    }

    /// <summary>
    /// Belongs behind routing. Ways around the pipeline must be closed while <see cref="ReadOnlyMode.IsOn"/>.
    /// </summary>
    public static void UseReadOnlyMode(this WebApplication app)
    {
        var mode = app.Services.GetRequiredService<ReadOnlyMode>();
        var answers = app.Services.GetRequiredService<LastAnswers>();
        app.Use(next => context =>
        {
            if (mode.State is { } state && IsChange(context))
                return ReadOnlyMode.Refuse(state).ExecuteAsync(context);
            return mode.AnswersFromMemory && HttpMethods.IsGet(context.Request.Method)
                && answers.Find(context.Request) is { } answer
                    ? answer.SendAsync(context)
                    : next(context);
        });
    }

    /// <summary>Lets a route, or a group's routes, work while nothing else may change.</summary>
    public static TBuilder WorksReadOnly<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.WithMetadata(Http.WorksReadOnly.Instance);

    private static bool IsChange(HttpContext context) =>
        !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)
        && !HttpMethods.IsOptions(context.Request.Method)
        && context.GetEndpoint() is { } endpoint
        && endpoint.Metadata.GetMetadata<WorksReadOnly>() is null;
}
