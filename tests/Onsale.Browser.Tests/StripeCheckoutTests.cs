using Microsoft.Playwright;
using Onsale.PaymentDoubles;
using static Microsoft.Playwright.Assertions;

namespace Onsale.Browser.Tests;

/// <summary>Paying with the provider's own form, which a local double stands in for.</summary>
[Collection(BrowserCollection.Name)]
public sealed class StripeCheckoutTests(BrowserFixture browser) : IAsyncLifetime
{
    private const string GoodCard = "4242 4242 4242 4242";
    private const string AskingCard = "4000 0027 6000 3184";
    private const string DeclinedCard = "4000 0000 0000 0002";
    private const string BankAccount = "000123456789";

    private readonly string _address = $"http://localhost:{Ports.Free()}";
    private StripeDouble _stripe = null!;
    private OnsaleNode _node = null!;

    public async Task InitializeAsync()
    {
        _stripe = await StripeDouble.StartAsync();
        _node = await _stripe.StartNodeAsync(
            await TestCluster.PrivateDatabaseAsync(), null, ("urls", _address), ("Onsale:Demo", "true"));
        _stripe.Webhooks.DeliverTo(new Uri(_node.Address, "/api/v1/payments/stripe/webhook"));
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        await _stripe.DisposeAsync();
    }

    [LongFact]
    public async Task Card_that_needs_authentication_is_paid_when_the_bank_was_answered()
    {
        var page = await CheckOutAsync();

        await PayAsync(page, AskingCard);
        await Expect(page.GetByText("Your bank asks")).ToBeVisibleAsync();
        _stripe.Books.Kept.ShouldBe(0);
        await page.Button("Complete authentication").ClickAsync();

        await Expect(page.Heading("Your ticket")).ToBeVisibleAsync();
        _stripe.Books.Intents.ShouldHaveSingleItem().Status.ShouldBe("succeeded");
    }

    [LongFact]
    public async Task Failed_authentication_and_a_declined_card_leave_the_places_for_another_card()
    {
        var page = await CheckOutAsync();

        await PayAsync(page, AskingCard);
        await page.Button("Fail authentication").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The payment was declined");
        await PayAsync(page, DeclinedCard);
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The payment was declined");
        await PayAsync(page, GoodCard);

        await Expect(page.Heading("Your ticket")).ToBeVisibleAsync();
        _stripe.Books.Intents.Count(intent => intent.Status == "succeeded").ShouldBe(1);
    }

    [LongFact]
    public async Task Payment_that_takes_long_says_not_to_pay_again_and_shows_the_tickets_by_itself()
    {
        var page = await CheckOutAsync();
        await PayAsync(page, BankAccount);
        await Expect(page.GetByText("Your payment is being processed")).ToBeVisibleAsync();
        await Eventually.ShouldBeTrueAsync(
            () => _stripe.Books.Intents is [{ Status: "processing" }], "the bank has the debit");

        await page.ReloadAsync();
        await Expect(page.GetByText("We are checking your payment: do not pay again")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Pay ") })).ToHaveCountAsync(0);
        _stripe.Books.Settle(_stripe.Books.Intents.Single().Id);

        await Expect(page.Heading("Your ticket")).ToBeVisibleAsync();
        _stripe.Books.Intents.Count.ShouldBe(1);
    }

    [LongFact]
    public async Task Bank_s_question_is_asked_again_after_the_page_was_loaded_anew()
    {
        var page = await CheckOutAsync();
        await PayAsync(page, AskingCard);
        await Expect(page.GetByText("Your bank asks")).ToBeVisibleAsync();

        await page.ReloadAsync();
        await Expect(page.GetByText("We are checking your payment")).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Card number")).ToBeAttachedAsync();
        await Expect(page.GetByLabel("Card number")).ToBeHiddenAsync();
        await page.Button("Ask for the result").ClickAsync();
        await page.Button("Complete authentication").ClickAsync();

        await Expect(page.Heading("Your ticket")).ToBeVisibleAsync();
        _stripe.Books.Intents.Count.ShouldBe(1);
    }

    [LongFact]
    public async Task Only_the_checkout_may_load_the_provider_s_script()
    {
        var origin = _stripe.Address.GetLeftPart(UriPartial.Authority);

        var elsewhere = await PolicyOfAsync("/events/club-night");
        var checkout = await PolicyOfAsync($"/checkout/{Guid.Empty}/{Guid.Empty}");

        elsewhere.ShouldNotContain(origin);
        elsewhere.ShouldNotContain("frame-src");
        checkout.ShouldContain($"script-src 'self' {origin};");
        checkout.ShouldContain($"frame-src {origin};");
        checkout.ShouldContain($"connect-src 'self' {origin};");
    }

    /// <summary>
    /// A guest with one ticket in the basket. The checkout is come to within the app, and fetched once more.
    /// </summary>
    private async Task<IPage> CheckOutAsync()
    {
        var page = await browser.VisitorAsync();
        await page.GotoAsync($"{_address}/events/club-night/pick");
        await page.Button("One more: GA").ClickAsync();
        await page.HoldAsync();
        await Expect(page.GetByLabel("Card number")).ToBeVisibleAsync();
        return page;
    }

    private static async Task PayAsync(IPage page, string card)
    {
        await page.GiveContactAsync();
        await page.GetByLabel("Card number").FillAsync(card);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Pay ") }).ClickAsync();
    }

    private async Task<string> PolicyOfAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/html");
        using var response = await _node.Client.SendAsync(request);
        return response.Headers.GetValues("Content-Security-Policy").Single();
    }
}
