import { startFavourites } from "./model/favourites";

export { FavouriteHeart } from "./components/favourite-heart";
export { FavouritesPage } from "./components/favourites-page";
export { FollowVenue } from "./components/follow-venue";

startFavourites();
