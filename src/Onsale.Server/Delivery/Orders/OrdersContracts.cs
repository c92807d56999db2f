using System.Text.Json.Serialization;
using Onsale.Server.Selling.Bookings;

namespace Onsale.Server.Delivery.Orders;

/// <summary>Which order is looked for.</summary>
/// <param name="OrderCode">In any case, with or without hyphens and spaces.</param>
/// <param name="Email">The e-mail address that was given with the booking.</param>
internal sealed record FindOrderRequest(string OrderCode, string Email);

/// <summary>An order that was found by its code and e-mail address.</summary>
/// <param name="Booking">The booking with its tickets.</param>
/// <param name="Event">Its event.</param>
/// <param name="Access">For the header <c>Order-Access</c> of the routes that show the order's tickets.</param>
/// <param name="AccessExpiresAt">Until when; then the order is found again.</param>
internal sealed record FoundOrder(
    BookingResponse Booking, BookedEvent Event, string Access, DateTimeOffset AccessExpiresAt);

[JsonSerializable(typeof(FindOrderRequest))]
[JsonSerializable(typeof(FoundOrder))]
internal sealed partial class OrdersJson : JsonSerializerContext;
