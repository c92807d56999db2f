namespace Onsale.Platform.Identity;

/// <summary>
/// Who calls, and in which session. Bound from the request in a handler's parameters; the route must require
/// authorization.
/// </summary>
internal readonly record struct Caller(Buyer Buyer, Guid SessionId)
{
    public static ValueTask<Caller> BindAsync(HttpContext context) => ValueTask.FromResult(
        new Caller(Buyer.From(context.User), TokenClaims.SessionOf(context.User)));
}
