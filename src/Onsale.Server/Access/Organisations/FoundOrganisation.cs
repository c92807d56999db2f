using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Platform.Http;
using Onsale.Platform.Identity;
using Onsale.Platform.RateLimits;

namespace Onsale.Server.Access.Organisations;

/// <summary>Founds an organisation; any account may, and becomes its owner.</summary>
internal static class FoundOrganisation
{
    private const int MaxSlugTries = 20;

    internal static readonly Problem AccountNeeded = new(
        StatusCodes.Status403Forbidden, "forbidden",
        "A guest session cannot be a member of an organisation. Register or sign in first.");

    internal static readonly Problem NoSuchAccount = new(
        StatusCodes.Status401Unauthorized, "unauthenticated", "This account does not exist any more.");

    private static readonly Problem s_tooMany = new(
        StatusCodes.Status409Conflict, "too-many-organisations",
        $"An account owns at most {OrganisationsLimits.MaxOwnedOrganisations} organisations.");

    private static readonly Problem s_slugTaken = new(
        StatusCodes.Status409Conflict, "slug-taken", "Another organisation has this slug.");

    public static async Task<Results<Created<OrganisationDetails>, Problem>> HandleAsync(
        NewOrganisation request, Buyer buyer, HttpContext context, OrganisationStore organisations, KeyedHash hash,
        TimeProvider time, CancellationToken cancellationToken)
    {
        if (buyer.IsGuest)
            return AccountNeeded;
        var validation = new Validation();
        var row = Read(request, time, validation);
        if (validation.ToProblem() is { } invalid)
            return invalid;

        var origin = hash.OfAddress(AddressRange.Of(context.Connection.RemoteIpAddress));
        var founder = new Actor(row.Id, buyer.Id, IsOperator: false, origin);
        var begin = request.Slug
            ?? OrganisationRules.SlugOf(await organisations.FoldAsync(row.Name, cancellationToken));
        if (begin.Length < OrganisationsLimits.MinSlugCharacters)
            begin = begin.Length == 0 ? "organisation" : $"{begin}-events";
        for (var number = 1; ; number++)
        {
            row = row with { Slug = number == 1 ? begin : $"{begin}-{number}" };
            switch (await organisations.FoundAsync(row, founder, cancellationToken))
            {
                case Founded.Done:
                    return await AnswerAsync(row.Id, founder, organisations, cancellationToken);
                case Founded.SlugTaken when request.Slug is not null || number == MaxSlugTries:
                    return s_slugTaken;
                case Founded.TooMany:
                    return s_tooMany;
                case Founded.NoAccount:
                    return NoSuchAccount;
            }
        }
    }

    private static OrganisationRow Read(NewOrganisation request, TimeProvider time, Validation validation) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()),
        Name = OrganisationRules.CheckName(request.Name, validation),
        Slug = request.Slug is { } slug ? OrganisationRules.CheckSlug(slug, validation) : "",
        DefaultCurrency = OrganisationRules.CheckCurrency(request.DefaultCurrency ?? "EUR", validation),
        TimeZone = OrganisationRules.CheckTimeZone(request.TimeZone ?? "UTC", validation),
        Language = OrganisationRules.CheckLanguage(request.Language ?? "en", validation),
    };

    private static async Task<Created<OrganisationDetails>> AnswerAsync(
        Guid id, Actor founder, OrganisationStore organisations, CancellationToken cancellationToken)
    {
        var row = await organisations.GetAsync(id, cancellationToken);
        var access = new OrganisationAccess(id, MemberRole.Owner, founder);
        return TypedResults.Created($"/api/v1/organisations/{id}", TheOrganisation.Show(row, access));
    }
}
