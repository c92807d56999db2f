using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Access.Organisations;

/// <summary>
/// Every route of an organisation with every role, a member of another organisation, a guest, a buyer, nobody and an
/// operator. The routes are the program's; a new one without a line in <see cref="OrganiserRoutes"/> fails.
/// </summary>
public sealed class OrganiserMatrixTests(SharedNode shared) : IClassFixture<SharedNode>, IAsyncLifetime
{
    private static readonly MemberRole[] s_roles = Enum.GetValues<MemberRole>();

    private readonly OnsaleNode _node = shared.Node;
    private readonly Dictionary<MemberRole, Signed> _members = [];
    private TestOrganisation _organisation = null!;

    public async Task InitializeAsync()
    {
        _organisation = await TestOrganisation.FoundAsync(_node);
        foreach (var role in s_roles)
            _members[role] = await _organisation.JoinAsync(role);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private static IEnumerable<(string Method, string Path)> RoutesOf(OnsaleNode node) =>
        from endpoint in node.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let path = "/" + endpoint.RoutePattern.RawText!.Trim('/')
        where path.StartsWith("/api/v1/organisations/{org}", StringComparison.Ordinal)
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
        select (method, path["/api/v1/organisations/{org}".Length..]);

    [Fact]
    public void The_table_names_every_route_and_no_other() =>
        RoutesOf(_node).Select(route => $"{route.Method} {route.Path}")
            .ShouldBe(OrganiserRoutes.RolesByRoute.Keys, ignoreOrder: true);

    [Fact]
    public async Task Each_role_may_what_the_table_says_and_hears_which_permission_it_lacks()
    {
        foreach (var (method, path) in RoutesOf(_node))
        {
            var allowed = OrganiserRoutes.RolesByRoute[$"{method} {path}"];
            foreach (var role in s_roles)
            {
                var answer = await AskAsync(method, $"{_organisation.Id}", path, _members[role]);

                var what = $"{method} {path} as {role}: {answer.Status} {answer.Body}";
                if (allowed.Contains(role))
                {
                    answer.Status.ShouldNotBeOneOf([401, 403, 500], what);
                    answer.Code.ShouldNotBe("organisation-not-found", what);
                }
                else
                {
                    answer.Status.ShouldBe(403, what);
                    answer.Code.ShouldBe("forbidden", what);
                    answer["permission"].GetString().ShouldNotBeNullOrEmpty(what);
                }
            }
        }
    }

    [Fact]
    public async Task For_strangers_guests_and_buyers_there_is_no_such_organisation()
    {
        var stranger = (await TestOrganisation.FoundAsync(_node)).Owner;
        Signed[] callers = [stranger, await _node.GuestAsync(), await _node.RegisterAsync()];
        foreach (var (method, path) in RoutesOf(_node))
        {
            foreach (var caller in callers)
            {
                // The id, the slug, and what does not exist are answered alike.
                string[] references = [$"{_organisation.Id}", _organisation.Slug, $"{Guid.Empty}", "no-such", "A%20b"];
                foreach (var reference in references)
                    (await AskAsync(method, reference, path, caller)).ShouldRefuse(404, "organisation-not-found");
            }
        }
    }

    [Fact]
    public async Task Nobody_is_asked_to_sign_in()
    {
        foreach (var (method, path) in RoutesOf(_node))
            (await AskAsync(method, $"{_organisation.Id}", path, null)).ShouldRefuse(401, "unauthenticated");
    }

    [Fact]
    public async Task An_operator_may_act_in_any_organisation()
    {
        var @operator = await _node.OperatorAsync();
        foreach (var (method, path) in RoutesOf(_node))
        {
            var answer = await AskAsync(method, $"{_organisation.Id}", path, @operator);

            answer.Status.ShouldNotBeOneOf([401, 403, 500], $"{method} {path}: {answer.Body}");
            answer.Code.ShouldNotBe("organisation-not-found", $"{method} {path}");
        }
    }

    [Fact]
    public void Each_permission_that_a_role_has_exists_and_the_owner_has_all()
    {
        Permissions.Of(MemberRole.Owner).ShouldBe(Permissions.All, ignoreOrder: true);
        foreach (var role in s_roles)
            Permissions.Of(role).ShouldBeSubsetOf(Permissions.All);
        // The door sees no money; each role that sells or runs may also scan.
        Permissions.Of(MemberRole.Door).ShouldBe(
            ["organisation.read", "events.list", "checkin.scan", "checkin.search"], ignoreOrder: true);
        Permissions.Of(MemberRole.BoxOffice).ShouldContain(Permissions.CheckInScan);
        Permissions.Of(MemberRole.Manager).ShouldBe(
            Permissions.All.Except([Permissions.MembersManage]), ignoreOrder: true);
    }

    /// <summary>With ids that name nothing: only who may at all is asked here.</summary>
    private Task<Answer> AskAsync(string method, string organisation, string path, Signed? caller)
    {
        var filled = string.Join('/', path.Split('/').Select(part => part is ['{', ..] ? $"{Guid.Empty}" : part));
        return _node.AskAsync(
            HttpMethod.Parse(method), $"organisations/{organisation}{filled}", caller?.AccessToken,
            method is "GET" or "DELETE" ? null
                : method == "PUT" && path.EndsWith("/image", StringComparison.Ordinal) ? Form()
                : new { });

        // Looked at before its sender is, as every body's type.
        static MultipartFormDataContent Form() => new() { { new StringContent("50"), "focusX" } };
    }
}
