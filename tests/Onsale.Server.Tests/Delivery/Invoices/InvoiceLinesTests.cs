using Onsale.Inventory;
using Onsale.Server.Delivery.Invoices;

namespace Onsale.Server.Tests.Delivery.Invoices;

public sealed class InvoiceLinesTests
{
    private static readonly bool[] s_ways = [false, true];
    private static readonly int[] s_rates = [0, 700, 1900];

    [Theory]
    [InlineData(1900, false)]
    [InlineData(1900, true)]
    [InlineData(700, false)]
    [InlineData(2550, false)]
    [InlineData(810, true)]
    [InlineData(525, false)]
    public void Rate_is_found_from_the_tax_of_any_usual_price(int rate, bool isAdded)
    {
        var terms = new PriceTerms(TaxBasisPoints: rate, TaxAdded: isAdded);
        for (long price = 500; price < 30_000; price += 137)
        {
            var parts = terms.Of(price);

            InvoiceLines.RateOf(new ChargedPlace("A", parts.Total, parts.Tax, rate)).ShouldBe(rate);
            // The tier has another one by now: the rate that is named gives the very tax.
            var guessed = InvoiceLines.RateOf(new ChargedPlace("A", parts.Total, parts.Tax, 123));
            var named = s_ways.Select(added => new PriceTerms(TaxBasisPoints: guessed, TaxAdded: added));
            named.ShouldContain(one => one.Of(one.TaxAdded ? parts.Total - parts.Tax : parts.Total).Tax == parts.Tax);
        }
    }

    [Fact]
    public void Places_of_one_price_are_one_line_and_what_costs_nothing_is_none()
    {
        var lines = InvoiceLines.OfPlaces(
        [
            new ChargedPlace("Stalls", 1190, 190, 1900), new ChargedPlace("Stalls", 1190, 190, 1900),
            new ChargedPlace("Stalls", 590, 94, 1900), new ChargedPlace("Child", 0, 0, 1900),
        ]);

        lines.ShouldBe(
        [
            new InvoiceLine("Stalls", 2, 1190, 1900, 2000, 380, 2380),
            new InvoiceLine("Stalls", 1, 590, 1900, 496, 94, 590),
        ]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Parts_that_go_back_sum_to_the_invoice_rate_by_rate(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 200; round++)
        {
            var invoice = InvoiceLines.OfPlaces(Enumerable.Range(0, random.Next(1, 6)).Select(tier =>
            {
                var terms = new PriceTerms(TaxBasisPoints: s_rates[random.Next(s_rates.Length)]);
                var parts = terms.Of(random.Next(1, 20_000));
                return new ChargedPlace($"{tier}", parts.Total, parts.Tax, terms.TaxBasisPoints);
            }));
            var (gross, tax) = (invoice.Sum(line => line.Gross), invoice.Sum(line => line.Tax));
            var back = new List<InvoiceLine>();
            (long Gross, long Tax) before = (0, 0);
            while (before.Gross < gross)
            {
                var next = Math.Min(gross, before.Gross + random.Next(1, (int)gross + 1));
                // As the ledger divides a refund: in proportion to all that has gone back.
                var after = (next, ((2 * next * tax) + gross) / (2 * gross));
                var lines = InvoiceLines.OfRefund(invoice, before, after);
                lines.Sum(line => line.Gross).ShouldBe(before.Gross - after.next);
                lines.Sum(line => line.Tax).ShouldBe(before.Tax - after.Item2);
                lines.ShouldAllBe(line => line.Net + line.Tax == line.Gross);
                back.AddRange(lines);
                before = after;
            }

            foreach (var rate in invoice.GroupBy(line => line.TaxBasisPoints))
            {
                var of = back.Where(line => line.TaxBasisPoints == rate.Key).ToList();
                of.Sum(line => line.Gross).ShouldBe(-rate.Sum(line => line.Gross), $"seed {seed}, round {round}");
                of.Sum(line => line.Tax).ShouldBe(-rate.Sum(line => line.Tax), $"seed {seed}, round {round}");
            }
        }
    }
}
