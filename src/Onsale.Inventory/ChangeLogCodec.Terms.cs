using System.Runtime.InteropServices;

namespace Onsale.Inventory;

/// <content>What fees and taxes brought to the change log.</content>
public static partial class ChangeLogCodec
{
    private const int HasFeeFromBuyer = 1;
    private const int HasTaxAdded = 2;

    private static Booking? ChargedIn(Change change) => change switch
    {
        BookingChanged { Booking.IsCharged: true } changed => changed.Booking,
        BookingReassigned { Booking.IsCharged: true } reassigned => reassigned.Booking,
        BookingMoved { Booking.IsCharged: true } moved => moved.Booking,
        _ => null,
    };

    private static void WriteCharged(ChangeLogWriter writer, Booking booking)
    {
        writer.Byte(KindCharged);
        writer.Number(booking.Places.Length);
        foreach (var place in booking.Places)
        {
            writer.Number(place.Fee);
            writer.Number(place.OwnFee);
            writer.Number(place.Tax);
        }
    }

    private static (long Fee, long OwnFee, long Tax)[] ReadCharged(ref ChangeLogReader reader)
    {
        var charges = new (long, long, long)[reader.Count()];
        for (var i = 0; i < charges.Length; i++)
            charges[i] = (reader.Number(), reader.Number(), reader.Number());
        return charges;
    }

    private static void WriteTerms(ChangeLogWriter writer, SettingsPatch patch)
    {
        writer.Number(patch.Terms.Length);
        foreach (var (tier, terms) in patch.Terms)
        {
            writer.Number(tier);
            writer.Byte((byte)((terms.FeeFromBuyer ? HasFeeFromBuyer : 0) | (terms.TaxAdded ? HasTaxAdded : 0)));
            writer.Number(terms.FeeFixed);
            writer.Number(terms.FeeBasisPoints);
            writer.Number(terms.TaxBasisPoints);
        }
    }

    private static SettingsPatch ReadTerms(ref ChangeLogReader reader, SettingsPatch patch)
    {
        var terms = new TierTerms[reader.Count()];
        for (var i = 0; i < terms.Length; i++)
        {
            var (tier, members) = (reader.Int(), reader.Byte());
            if (members > (HasFeeFromBuyer | HasTaxAdded))
                throw new InventoryCorruptException($"Unknown members {members} of the terms of a tier.");
            terms[i] = new TierTerms(tier, new PriceTerms(
                reader.Number(), reader.Int(), (members & HasFeeFromBuyer) != 0, reader.Int(),
                (members & HasTaxAdded) != 0));
        }

        return patch with { Terms = ImmutableCollectionsMarshal.AsImmutableArray(terms) };
    }
}
