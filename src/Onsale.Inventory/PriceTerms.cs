namespace Onsale.Inventory;

/// <summary>
/// What a place costs beside its tier's price: a fee, which the buyer or the organiser pays, and tax, which is in the
/// price or comes on top. All is decided place by place and rounded half up there, so that what places cost together is
/// the sum of their lines, and two places are exactly twice one.
/// </summary>
/// <param name="FeeFixed">Minor units a place.</param>
/// <param name="FeeBasisPoints">Hundredths of a percent of the price, after what a code takes off.</param>
/// <param name="FeeFromBuyer">Whether it comes on top of the price; else it is taken from the price.</param>
/// <param name="TaxBasisPoints">Hundredths of a percent of price and fee.</param>
/// <param name="TaxAdded">Whether it comes on top; else price and fee contain it.</param>
public sealed record PriceTerms(
    long FeeFixed = 0, int FeeBasisPoints = 0, bool FeeFromBuyer = true, int TaxBasisPoints = 0, bool TaxAdded = false)
{
    /// <summary>Neither fee nor tax.</summary>
    public static readonly PriceTerms None = new();

    private const int Whole = 10_000;

    /// <summary>Whether a place costs its tier's price, and all of it is the organiser's.</summary>
    public bool IsNone => FeeFixed == 0 && FeeBasisPoints == 0 && TaxBasisPoints == 0;

    /// <summary>Whether every part is in its bounds.</summary>
    public bool IsValid => FeeFixed is >= 0 and <= InventoryLimits.MaxFee && FeeBasisPoints is >= 0 and <= Whole
        && TaxBasisPoints is >= 0 and <= Whole;

    /// <summary>What the buyer pays for a place of a price, and what of it is fee and tax.</summary>
    /// <param name="price">Minor units, with what a code takes off taken off. What costs nothing has no fee.</param>
    public PriceParts Of(long price)
    {
        if (price == 0 || IsNone)
            return new PriceParts(price, 0, 0, 0);
        var fee = FeeFixed + Share(price, FeeBasisPoints);
        var gross = FeeFromBuyer ? price + fee : price;
        var tax = TaxAdded ? Share(gross, TaxBasisPoints) : Contained(gross);
        var total = TaxAdded ? gross + tax : gross;
        if (!FeeFromBuyer)
            return new PriceParts(total, 0, Math.Min(fee, total - tax), tax);
        // Without the tax in it: the parts of a total are the organiser's, the fee's and the tax.
        return new PriceParts(total, TaxAdded ? fee : fee - Contained(fee), 0, tax);
    }

    private static long Share(long amount, int basisPoints) => ((amount * basisPoints) + (Whole / 2)) / Whole;

    /// <summary>The tax in an amount: what is left of it without its net, which is rounded half up.</summary>
    private long Contained(long gross)
    {
        long divisor = Whole + TaxBasisPoints;
        return gross - (((2 * gross * Whole) + divisor) / (2 * divisor));
    }
}

/// <summary>What one place costs; the parts that are not named are the organiser's: <see cref="Net"/>.</summary>
/// <param name="Total">What the buyer pays, minor units.</param>
/// <param name="Fee">Of it the fee that the buyer pays, without tax.</param>
/// <param name="OwnFee">Of it the fee that the organiser pays.</param>
/// <param name="Tax">Of it tax.</param>
public readonly record struct PriceParts(long Total, long Fee, long OwnFee, long Tax)
{
    /// <summary>What is left for the organiser.</summary>
    public long Net => Total - Fee - OwnFee - Tax;
}

/// <summary>New terms of a tier.</summary>
/// <param name="Tier">Tier number.</param>
/// <param name="Terms">They count from the next hold on.</param>
public readonly record struct TierTerms(int Tier, PriceTerms Terms);
