using System.Text.Json;
using Onsale.Inventory.Seating;

namespace Onsale.Server.Catalog.SeatingPlans;

/// <content>The member <c>onsale</c>: what pretix's format cannot say.</content>
internal sealed partial class PlanJsonReader
{
    private readonly HashSet<string> _zoneIds = new(StringComparer.Ordinal);
    private readonly HashSet<string> _areaIds = new(StringComparer.Ordinal);
    private int _notedSeats;

    private PlanDocument ReadOwn(PlanDocument document, JsonElement element)
    {
        foreach (var member in Members(element, []))
        {
            document = member.Name switch
            {
                "seats" => document with { SeatsByAttribute = Nested(member, ReadSeatsByAttribute) },
                "notes" => document with
                {
                    Notes = Items(member, SeatingPlanLimits.MaxPlanNotes, "notes", ReadNote),
                },
                "focalPoint" => document with { FocalPoint = Point(member) },
                "floors" => document with
                {
                    Floors = Items(member, SeatingPlanLimits.MaxPlanFloors, "floors", ReadFloor),
                },
                "icons" => document with { Icons = Nested(member, ReadIcons) },
                _ => UnknownOwn(document, member),
            };
        }

        return document;
    }

    private PlanDocument UnknownOwn(PlanDocument document, JsonProperty member)
    {
        Unknown(member);
        return document;
    }

    private Dictionary<SeatAttributes, IReadOnlyList<string>> ReadSeatsByAttribute(JsonElement element)
    {
        var seats = new Dictionary<SeatAttributes, IReadOnlyList<string>>();
        foreach (var member in Members(element, []))
        {
            if (SeatAttributeNames.Find(member.Name) is { } attribute)
                seats[attribute] = Items(member, SeatingPlanLimits.MaxPlanSeats, "seats", ReadSeatId);
            else
                Unknown(member);
        }

        return seats;
    }

    private string ReadSeatId(JsonElement element) =>
        ReadReference(element, _placeOfSeatId.ContainsKey, "is not the id of a seat of this plan.");

    private string ReadReference(JsonElement element, Predicate<string> isKnown, string fault)
    {
        if (element.ValueKind == JsonValueKind.String && TryGetText(element, out var id) && isKnown(id))
            return id;
        Fault(null, fault);
        return "";
    }

    private PlanNote ReadNote(JsonElement element)
    {
        var (text, seats) = ("", (List<string>)[]);
        foreach (var member in Members(element, ["text", "seats"]))
        {
            switch (member.Name)
            {
                case "text": text = RequiredText(member); break;
                case "seats":
                    seats = Items(
                        member, SeatingPlanLimits.MaxPlanSeats, "seats with notes", ReadSeatId, ref _notedSeats);
                    break;
                default: Unknown(member); break;
            }
        }

        return new PlanNote(text, seats);
    }

    private PlanFloor ReadFloor(JsonElement element)
    {
        var (name, zones) = ("", (List<string>)[]);
        foreach (var member in Members(element, ["name", "zones"]))
        {
            switch (member.Name)
            {
                case "name": name = RequiredText(member); break;
                case "zones":
                    zones = Items(member, SeatingPlanLimits.MaxPlanZones, "zones", zone => ReadReference(
                        zone, _zoneIds.Contains, "is not the uuid of a zone of this plan."));
                    break;
                default: Unknown(member); break;
            }
        }

        return new PlanFloor(name, zones);
    }

    private List<PlanIcon> ReadIcons(JsonElement element)
    {
        List<PlanIcon> icons = [];
        foreach (var member in Members(element, []))
        {
            if (!_areaIds.Contains(member.Name))
                Fault(member.Name, "is not the uuid of an area of this plan.");
            icons.Add(new PlanIcon(member.Name, OneOf(member, [.. PlanIcons.All])));
        }

        return icons;
    }
}
