namespace Onsale.Server.Delivery.Invoices;

/// <summary>A place as it was charged.</summary>
/// <param name="Tier">The tier's name.</param>
/// <param name="Price">What the buyer paid for it, minor units.</param>
/// <param name="Tax">Of it tax.</param>
/// <param name="TierRate">The tier's tax rate as it is now, basis points.</param>
internal readonly record struct ChargedPlace(string Tier, long Price, long Tax, int TierRate);

/// <summary>
/// Lines of invoices and credit notes. Nothing is reckoned anew: the amounts are those of the booking and the ledger,
/// and what goes back in parts sums to the lines of the invoice exactly once all of it has gone back.
/// </summary>
internal static class InvoiceLines
{
    private const int Whole = 10_000;

    // A rate is not kept with a booking: of those that give its tax, the one that a law would name.
    private static readonly int[] s_steps = [1000, 500, 100, 50, 10, 5, 1];

    /// <summary>One line a tier, price and tax; what costs nothing has none.</summary>
    public static IReadOnlyList<InvoiceLine> OfPlaces(IEnumerable<ChargedPlace> places) =>
    [
        .. places.Where(place => place.Price > 0)
            .GroupBy(place => place)
            .Select(group => (Place: group.Key, Count: group.Count()))
            .Select(one => new InvoiceLine(
                one.Place.Tier, one.Count, one.Place.Price, RateOf(one.Place),
                (one.Place.Price - one.Place.Tax) * one.Count, one.Place.Tax * one.Count,
                one.Place.Price * one.Count)),
    ];

    /// <summary>The same with its signs turned.</summary>
    public static IReadOnlyList<InvoiceLine> Negated(IEnumerable<InvoiceLine> lines) =>
    [
        .. lines.Select(line => line with
        {
            UnitPrice = -line.UnitPrice,
            Net = -line.Net,
            Tax = -line.Tax,
            Gross = -line.Gross,
        }),
    ];

    /// <summary>What goes back of an invoice, one line a tax rate; negative where money goes back.</summary>
    /// <param name="invoice">The invoice's lines.</param>
    /// <param name="before">Gross and tax that had gone back of it before, minor units.</param>
    /// <param name="after">And have gone back with this.</param>
    public static IReadOnlyList<InvoiceLine> OfRefund(
        IReadOnlyList<InvoiceLine> invoice, (long Gross, long Tax) before, (long Gross, long Tax) after)
    {
        var rates = invoice.GroupBy(line => line.TaxBasisPoints)
            .OrderByDescending(group => group.Key)
            .Select(group => (Rate: group.Key, Gross: group.Sum(line => line.Gross), Tax: group.Sum(line => line.Tax)))
            .ToList();
        var gross = Difference(before.Gross, after.Gross, [.. rates.Select(rate => rate.Gross)]);
        var tax = Difference(before.Tax, after.Tax, [.. rates.Select(rate => rate.Tax)]);
        return
        [
            .. rates.Select((rate, i) => new InvoiceLine(
                    null, 1, -gross[i], rate.Rate, tax[i] - gross[i], -tax[i], -gross[i]))
                .Where(line => line.Gross != 0 || line.Tax != 0),
        ];
    }

    /// <summary>The tax rate by which a place was charged, basis points.</summary>
    internal static int RateOf(ChargedPlace place)
    {
        if (place.Tax == 0)
            return 0;
        if (Gives(place.TierRate, place))
            return place.TierRate;
        var (net, tax) = (place.Price - place.Tax, place.Tax);
        if (net <= 0)
            return Whole;
        // Half a minor unit either way is what rounding can have hidden.
        var least = (int)Math.Max(1, ((2 * tax) - 1) * Whole / ((2 * net) + 1));
        var most = (int)(((2 * tax) + 1) * Whole / Math.Max(1, (2 * net) - 1));
        foreach (var step in s_steps)
        {
            for (var rate = (least + step - 1) / step * step; rate <= most; rate += step)
            {
                if (Gives(rate, place))
                    return rate;
            }
        }

        return (int)(((2 * tax * Whole) + net) / (2 * net));
    }

    /// <summary>Whether a rate, contained or on top, gives the place's tax.</summary>
    private static bool Gives(int rate, ChargedPlace place)
    {
        long divisor = Whole + rate;
        var contained = place.Price - (((2 * place.Price * Whole) + divisor) / (2 * divisor));
        var added = (((place.Price - place.Tax) * rate) + (Whole / 2)) / Whole;
        return contained == place.Tax || added == place.Tax;
    }

    private static long[] Difference(long before, long after, long[] weights)
    {
        var (first, second) = (Shares(before, weights), Shares(after, weights));
        return [.. second.Zip(first, (later, earlier) => later - earlier)];
    }

    /// <summary>
    /// An amount in proportion to weights: the shares sum to it, and to the weights if it is their sum.
    /// </summary>
    private static long[] Shares(long amount, long[] weights)
    {
        var whole = weights.Sum();
        var shares = new long[weights.Length];
        if (whole == 0)
        {
            // A tax that no line has cannot go back.
            return shares;
        }

        Int128 until = 0;
        long given = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            until += weights[i];
            var sum = (long)(((2 * until * amount) + whole) / (2 * (Int128)whole));
            shares[i] = sum - given;
            given = sum;
        }

        return shares;
    }
}
