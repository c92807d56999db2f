using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Onsale.Inventory;
using Onsale.Server.Selling.Bookings;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Selling.Bookings;

/// <summary>The quick reader of a hold's body reads what the serializer reads, or leaves it to that.</summary>
public sealed class HoldRequestReaderTests
{
    private const string Tier = "0199c0de-0000-7000-8000-000000000001";

    private static readonly string[] Bodies =
    [
        """{"seats":[7]}""",
        """{"seats":[7,8,2147483647]}""",
        """ { "seats" : [ 7 , 8 ] } """,
        """{"seats":[]}""",
        """{"seats":[-1,-0]}""",
        $$$"""{"tickets":[{"tierId":"{{{Tier}}}","quantity":2}]}""",
        $$$"""{"tickets":[{"tierId":"{{{Tier}}}","quantity":2},{"tierId":"{{{Tier}}}","quantity":0}]}""",
        """{"tickets":[]}""",
        $$$"""{"bestAvailable":{"tierId":"{{{Tier}}}","quantity":4}}""",
        $$$"""{"bestAvailable":{"tierId":"{{{Tier}}}","quantity":4,"together":true}}""",
        $$$"""{"bestAvailable":{"tierId":"{{{Tier}}}","quantity":4,"together":false}}""",
        "{\"\\u0073eats\":[1]}",
        """{"seats":[7],"code":"Early-Bird"}""",
        "{\"seats\":[7],\"code\":\"\\u00e4\"}",
        $$$"""{"tickets":[{"tierId":"{{{Tier}}}","quantity":2}],"code":""}""",
        $$$"""{"seats":[7],"tickets":[{"tierId":"{{{Tier}}}","quantity":2}]}""",
        $$$"""{"seats":[7],"bestAvailable":{"tierId":"{{{Tier}}}","quantity":4,"together":true}}""",
        $$$"""
        {"tickets":[{"tierId":"{{{Tier}}}","quantity":2}],"bestAvailable":{"tierId":"{{{Tier}}}","quantity":4}}
        """,
        $$$"""
        {"seats":[7],"tickets":[],"bestAvailable":{"tierId":"{{{Tier}}}","quantity":4}}
        """,
    ];

    private static readonly string[] Others =
    [
        "", " ", "null", "[]", "1", "{}", "{", """{"seats":""", """{"seats":[1""", """{"seats":[1,]}""",
        """{"seats":null}""", """{"seats":1}""", """{"seats":["1"]}""", """{"seats":[1.5]}""", """{"seats":[1e3]}""",
        """{"seats":[2147483648]}""", """{"seats":[null]}""", """{"seats":[[1]]}""", """{"seats":[1]}x""",
        """{"seats":[1]}{}""", """{"seats":[1],"seats":[2]}""", """{"seats":[1],"tickets":null}""",
        $$$"""{"tickets":[{"tierId":"{{{Tier}}}","quantity":2}],"seats":[1]}""",
        """{"seats":[1],"bestAvailable":null}""",
        """{"seats":[1],"code":1}""", """{"seats":[1],"code":null}""", """{"code":"A","seats":[1]}""",
        """{"code":"A"}""",
        """{"seats":[1],"note":1}""", """{"Seats":[1]}""", """{"tickets":[null]}""", """{"tickets":[{}]}""",
        $$$"""{"tickets":[{"quantity":2,"tierId":"{{{Tier}}}"}]}""", $$$"""{"tickets":[{"tierId":"{{{Tier}}}"}]}""",
        $$$"""{"tickets":[{"tierId":"{{{Tier}}}","quantity":2,"note":1}]}""",
        """{"tickets":[{"tierId":"x","quantity":2}]}""",
        $$$"""{"tickets":[{"tierId":"{{{Tier}}}","quantity":"2"}]}""",
        $$$"""{"tickets":{"tierId":"{{{Tier}}}","quantity":2}}""",
        $$$"""{"bestAvailable":[{"tierId":"{{{Tier}}}","quantity":4}]}""", """{"bestAvailable":null}""",
        $$$"""{"bestAvailable":{"tierId":"{{{Tier}}}","quantity":4,"together":null}}""",
        $$$"""{"bestAvailable":{"tierId":"{{{Tier}}}","quantity":4,"together":true,"together":true}}""",
        $$$"""{"bestAvailable":{"tierId":"{{{Tier}}}","quantity":4,"apart":true}}""",
    ];

    [Fact]
    public async Task What_it_reads_the_serializer_reads_the_same()
    {
        await using var node = await OnsaleNode.StartAsync();
        var form = (JsonTypeInfo<HoldRequest>)node.Services.GetRequiredService<IOptions<JsonOptions>>()
            .Value.SerializerOptions.GetTypeInfo(typeof(HoldRequest));

        foreach (var body in Bodies)
        {
            var read = HoldRequestReader.TryRead(Encoding.UTF8.GetBytes(body)).ShouldNotBeNull(body);
            JsonSerializer.Serialize(read, form)
                .ShouldBe(JsonSerializer.Serialize(JsonSerializer.Deserialize(body, form)!, form), body);
        }
    }

    [Fact]
    public void The_rest_it_leaves_to_the_serializer()
    {
        foreach (var body in Others)
            Read(body).ShouldBeNull(body);
    }

    [Fact]
    public void It_takes_as_many_places_as_a_booking_may_have()
    {
        var most = string.Join(',', Enumerable.Range(0, InventoryLimits.MaxPlacesPerBooking));

        Read($$"""{"seats":[{{most}}]}""")!.Seats!.Length.ShouldBe(InventoryLimits.MaxPlacesPerBooking);
        Read($$"""{"seats":[{{most}},1000000]}""").ShouldBeNull();
    }

    private static HoldRequest? Read(string body)
    {
        try
        {
            return HoldRequestReader.TryRead(Encoding.UTF8.GetBytes(body));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
